/** Who may call a procedure, as the procedure itself says it. Types only, of its own: other programs see them. */

/**
 * The least role that may call; `anyone` needs no sign-in; `self` is a person about their own account, never a token;
 * `settled self` not before a one-time password is changed.
 */
export type Right = "viewer" | "operator" | "administrator" | "anyone" | "self" | "settled self";

/** What is known of every procedure beside its input and output. */
export interface ProcedureMeta {
  readonly right: Right;
}

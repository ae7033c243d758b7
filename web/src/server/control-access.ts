/** How the pages reach the control server while they are rendered: told once by the server that renders them. */

export interface ControlAccess {
  /** Such as `http://127.0.0.1:8081`. */
  readonly url: string;
  /** What this web server proves itself with. */
  readonly webKey: string;
}

/** The pages are bundled apart from the server, so that a variable of this module would be two. */
const place = Symbol.for("sipprot.control-access");
type Holder = { [place]?: ControlAccess };

/** Told before the first page is rendered. */
export function setControlAccess(access: ControlAccess): void {
  (globalThis as Holder)[place] = access;
}

/** Undefined while pages are built, when there is no control server to ask. */
export function findControlAccess(): ControlAccess | undefined {
  return (globalThis as Holder)[place];
}

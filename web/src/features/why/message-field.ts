/** What a message consists of, as it is shown. All texts are from the network: escaped where shown. */

export interface MessagePart {
  /** As the grammar or the message calls it: `user`, `host`, `tag`, `branch`. */
  readonly name: string;
  readonly value: string;
}

export interface MessageField {
  /** The long name of the header; empty for a line that is none. */
  readonly name: string;
  readonly value: string;
  /** What the value consists of; empty where it has no parts. */
  readonly parts: readonly MessagePart[];
  /** True for what the grammar refuses. */
  readonly isDamaged: boolean;
}

export interface ReadMessage {
  readonly startLine: string;
  readonly start: readonly MessagePart[];
  /** False when not even the first line is one of SIP. */
  readonly isSip: boolean;
  readonly fields: readonly MessageField[];
  readonly body: string;
}

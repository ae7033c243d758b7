/** Who did something, from how the trail names them: `user:ann`, `token:PBXware`, `root (cli)`. Pure. */

export interface Author {
  readonly kind: "person" | "token" | "command-line" | "other";
  readonly name: string;
}

export function readAuthor(by: string): Author {
  if (by.startsWith("user:")) return { kind: "person", name: by.slice("user:".length) };
  if (by.startsWith("token:")) return { kind: "token", name: by.slice("token:".length) };
  if (by.endsWith(" (cli)")) return { kind: "command-line", name: by.slice(0, -" (cli)".length) };
  return { kind: "other", name: by };
}

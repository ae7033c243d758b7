/** Network namespaces for the kernel's tests: made, joined by veth, and removed with everything in them. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** One namespace with a name of its own; processes started in it are stopped by pid. */
export class Namespace {
  readonly name: string;
  private readonly children: ChildProcess[] = [];

  constructor(name: string) {
    this.name = `kernel-${process.pid}-${name}`;
    run(`ip netns add ${this.name}`);
    run(`ip -n ${this.name} link set lo up`);
  }

  get prefix(): string[] {
    return ["ip", "netns", "exec", this.name];
  }

  /** Runs a command line (split at blanks) inside; gives what it wrote. Throws when it fails. */
  run(line: string, input = ""): string {
    return run(`${this.prefix.join(" ")} ${line}`, input);
  }

  /** Loads rules with nft inside. */
  nft(text: string): void {
    this.run("nft -f -", text);
  }

  /** Starts one of the .mjs programs beside this file and waits for its line "ready". */
  async start(program: string, ...words: string[]): Promise<Running> {
    const file = fileURLToPath(new URL(program, import.meta.url));
    const child = spawn("ip", ["netns", "exec", this.name, process.execPath, file, ...words], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.children.push(child);
    const running = new Running(child);
    await running.waitFor((lines) => lines.includes("ready"));
    return running;
  }

  /** Runs a program beside this file to its end; gives the JSON lines it wrote. */
  async exchange(program: string, words: unknown): Promise<Heard[]> {
    const file = fileURLToPath(new URL(program, import.meta.url));
    const child = spawn("ip", ["netns", "exec", this.name, process.execPath, file, JSON.stringify(words)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.children.push(child);
    const running = new Running(child);
    await running.ended;
    return running.lines.map((line) => JSON.parse(line) as Heard);
  }

  remove(): void {
    for (const child of this.children) child.kill("SIGKILL");
    run(`ip netns del ${this.name}`);
  }
}

/** What the client program tells of one exchange. */
export interface Heard {
  readonly outcome: string;
  readonly heard?: string;
  readonly peer?: string;
  readonly sent: string;
  readonly startedAtMs: number;
  readonly tookMs: number;
}

/** A program under way and the lines it has written. */
export class Running {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly ended: Promise<void>;
  private rest = "";

  constructor(child: ChildProcess) {
    this.child = child;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const parts = (this.rest + text).split("\n");
      this.rest = parts.pop() ?? "";
      this.lines.push(...parts);
    });
    this.ended = new Promise((resolve) => child.on("close", () => resolve()));
  }

  async waitFor(isThere: (lines: readonly string[]) => boolean, withinMs = 10_000): Promise<void> {
    await until(() => isThere(this.lines), withinMs);
  }
}

/** Waits until a condition holds; throws when it does not in time. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const endMs = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error(`did not come true within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Joins two namespaces: `[namespace, interface, addresses…]` on both sides; IPv6 without the wait for duplicates. */
export function join(
  one: readonly [Namespace, string, ...string[]],
  other: readonly [Namespace, string, ...string[]],
): void {
  run(`ip link add ${one[1]} netns ${one[0].name} type veth peer name ${other[1]} netns ${other[0].name}`);
  for (const [namespace, link, ...addresses] of [one, other]) {
    for (const address of addresses)
      run(`ip -n ${namespace.name} address add ${address} dev ${link}${address.includes(":") ? " nodad" : ""}`);
    run(`ip -n ${namespace.name} link set ${link} up`);
  }
}

export function run(line: string, input = ""): string {
  const [command = "", ...words] = line.split(" ").filter((word) => word !== "");
  return execFileSync(command, words, { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], maxBuffer: 1 << 28 });
}

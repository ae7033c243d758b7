/** A UDP socket made by hand, so that its descriptor is known; Node's `dgram` takes it over afterwards. */
import { getSystemErrorName } from "node:util";
import type { HostPort } from "@sipprot/shared/boot-settings";
import { BUFFER_BYTES } from "../datagram-port.ts";
import type { AddressBook } from "./address-book.ts";
import { SOCKADDR_BYTES } from "./message-vector.ts";
import { AF_INET, AF_INET6, SOCK_CLOEXEC, SOCK_DGRAM, SOCK_NONBLOCK, type SystemCalls } from "./system-calls.ts";

const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;

/** Opens and binds a socket of the book's family. Throws the system's error, nothing left open. */
export function openBoundSocket(calls: SystemCalls, book: AddressBook, { address, port }: HostPort): number {
  const fd = calls.socket(book.isIPv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) throw systemError(calls, "socket", `${address}:${port}`);
  try {
    if (book.isIPv6) setOption(calls, fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    // As root beyond the system's maximum; else as much of it as there is.
    if (!setOption(calls, fd, SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES)) {
      setOption(calls, fd, SOL_SOCKET, SO_RCVBUF, BUFFER_BYTES);
    }
    if (!setOption(calls, fd, SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_BYTES)) {
      setOption(calls, fd, SOL_SOCKET, SO_SNDBUF, BUFFER_BYTES);
    }
    const name = Buffer.alloc(SOCKADDR_BYTES);
    if (!book.put(name, 0, address, port)) throw new RangeError(`${address} is no address to bind`);
    if (calls.bind(fd, name, book.nameBytes) < 0) throw systemError(calls, "bind", `${address}:${port}`);
    return fd;
  } catch (error) {
    calls.close(fd);
    throw error;
  }
}

/** Node sets SO_REUSEADDR on a descriptor it takes over, and with it another program could bind the same port and get our datagrams. */
export function allowNoSharing(calls: SystemCalls, fd: number): void {
  setOption(calls, fd, SOL_SOCKET, SO_REUSEADDR, 0);
}

function setOption(calls: SystemCalls, fd: number, level: number, name: number, value: number): boolean {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return calls.setsockopt(fd, level, name, bytes, bytes.length) === 0;
}

/** The error as Node words it. */
function systemError(calls: SystemCalls, call: string, where: string): NodeJS.ErrnoException {
  const number = calls.errno();
  const code = getSystemErrorName(-number);
  return Object.assign(new Error(`${call} ${code} ${where}`), { code, errno: -number, syscall: call });
}

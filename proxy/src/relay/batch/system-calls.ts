/** The system calls of batched datagrams, by way of koffi. All but `recvmmsg` and `sendmmsg` are for opening a socket. */

/** Linux numbers, the same on every architecture we serve. */
export const AF_INET = 2;
export const AF_INET6 = 10;
export const SOCK_DGRAM = 2;
export const SOCK_NONBLOCK = 0o4000;
export const SOCK_CLOEXEC = 0o2000000;
export const MSG_DONTWAIT = 0x40;
export const EINTR = 4;
export const EAGAIN = 11;

/** 64 bits, little-endian, and the layout of `msghdr` that message-vector.ts knows. */
const architectures = new Set(["x64", "arm64", "riscv64", "loong64"]);

/** Functions of the C library. Addresses are numbers; each returns -1 for an error, which `errno` then names. */
export interface SystemCalls {
  recvmmsg(fd: number, vector: number, length: number, flags: number, timeout: number): number;
  sendmmsg(fd: number, vector: number, length: number, flags: number): number;
  poll(descriptors: Uint8Array, count: number, timeoutMs: number): number;
  socket(domain: number, type: number, protocol: number): number;
  socketpair(domain: number, type: number, protocol: number, pair: Int32Array): number;
  setsockopt(fd: number, level: number, name: number, value: Uint8Array, length: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  close(fd: number): number;
  /** Where the memory of a buffer is. True for as long as the buffer is referenced. */
  addressOf(memory: ArrayBufferLike): number;
  errno(): number;
}

/** Loads them. Rejects with the reason in words when they cannot be had here. */
export async function loadSystemCalls(): Promise<SystemCalls> {
  if (process.platform !== "linux") throw new Error(`it needs Linux, and this is ${process.platform}`);
  if (!architectures.has(process.arch)) throw new Error(`it is not made for the architecture ${process.arch}`);
  const { default: koffi } = await import("koffi").catch((error: Error) => {
    throw new Error(`koffi cannot be loaded: ${error.message.split("\n")[0]}`);
  });
  const libc = koffi.load(null);
  const memmove = libc.func("uintptr_t memmove(void *to, void *from, size_t count)");
  return {
    recvmmsg: libc.func("int recvmmsg(int fd, uintptr_t vector, unsigned int length, int flags, uintptr_t timeout)"),
    sendmmsg: libc.func("int sendmmsg(int fd, uintptr_t vector, unsigned int length, int flags)"),
    poll: libc.func("int poll(void *descriptors, unsigned long count, int timeout)"),
    socket: libc.func("int socket(int domain, int type, int protocol)"),
    socketpair: libc.func("int socketpair(int domain, int type, int protocol, void *pair)"),
    setsockopt: libc.func("int setsockopt(int fd, int level, int name, void *value, unsigned int length)"),
    bind: libc.func("int bind(int fd, void *address, unsigned int length)"),
    close: libc.func("int close(int fd)"),
    // Moves nothing, and returns where it would have moved it to.
    addressOf: (memory) => memmove(memory, memory, 0),
    errno: () => koffi.errno(),
  };
}

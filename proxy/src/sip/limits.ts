/** The bounds of what is read: each with the reason for its number. */

/**
 * Longest message, start line, headers and body together. One UDP datagram cannot hold more, and common stacks stop at
 * 4,000 to 65,535 bytes; only TCP could bring a longer one, and no phone or trunk needs it.
 */
export const MAX_MESSAGE_BYTES = 65_535;

/** Most header lines in a message. An INVITE across ten proxies has about 60; a 200 listing 100 bindings has 120. */
export const MAX_HEADERS = 256;

/** Longest single header, its folded lines included. The longest seen in honest traffic is an Identity of about 2 kB. */
export const MAX_HEADER_BYTES = 8192;

/** Longest start line: the longest Request-URI of RFC 4475 is under 200 bytes, embedded headers may add a kilobyte or two. */
export const MAX_START_LINE_BYTES = 4096;

/** Longest text handed out, in characters; a longer one ends in a hash of the whole (see `text.ts`). */
export const MAX_TEXT_LENGTH = 256;

/** Most Authorization and Proxy-Authorization headers together: one for each proxy on the way and one for the PBX. */
export const MAX_CREDENTIALS = 8;

/** Most challenges read from an answer: forking proxies may gather several, two algorithms each. Further ones are ignored. */
export const MAX_CHALLENGES = 16;

/**
 * How many bytes of a body promised by Content-Length may be missing from a datagram. SIP helpers in home routers shorten
 * addresses in the SDP and forget to count again, and PBXs take it; a body that is missing whole is another matter.
 */
export const MAX_MISSING_BODY_BYTES = 64;

/** RFC 3261 8.1.1.5: the sequence number is less than 2**31. */
export const MAX_CSEQ = 2 ** 31 - 1;

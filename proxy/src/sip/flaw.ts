/** What can be wrong with a message: a closed list. A flaw is data: a counter, a line on a page, an input of the policy. */

export const flaws = [
  /** More bytes than MAX_MESSAGE_BYTES. */
  "too-large",
  /** No end of the headers (an empty line) within the message. */
  "no-end-of-headers",
  /** The first line is neither a request line nor a status line of SIP/2.0. */
  "bad-start-line",
  /** A header line without a name or a colon. */
  "bad-header",
  "too-many-headers",
  "header-too-long",
  /** More Authorization headers than any way through proxies collects. */
  "too-many-credentials",
  /** A NUL byte in the start line or the headers. */
  "nul-byte",
  /** A bare LF or CR: one reader ends the header there, another does not. */
  "bare-line-end",
  /** Via, From, To, Call-ID or CSeq missing. */
  "missing-header",
  /**
   * A header that may come once comes twice (Content-Length: with different values), or two Authorization headers for
   * the same realm differ: filter and PBX may each take another one.
   */
  "conflicting-header",
  "bad-content-length",
  /** Content-Length says far more than the datagram holds (MAX_MISSING_BODY_BYTES). */
  "truncated-body",
  "bad-cseq",
  /** The method of CSeq is not that of the request. */
  "cseq-method-mismatch",
  "bad-via",
  "bad-address",
  "bad-uri",
  /** Digest fields twice, or written so that two readers take different values. */
  "bad-credentials",
] as const;

export type Flaw = (typeof flaws)[number];

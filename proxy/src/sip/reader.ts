/** The reader of one SIP message: an index over its bytes, fields taken out when asked and kept until the next message. */
import { AddressField } from "./address-field.ts";
import { type ReadCredentials, readChallenges, readCredentials } from "./digest.ts";
import type { Flaw } from "./flaw.ts";
import { HeaderIndex } from "./header-index.ts";
import { HeaderKind } from "./header-name.ts";
import { MAX_CHALLENGES, MAX_CREDENTIALS, MAX_CSEQ } from "./limits.ts";
import type { Challenge, SipMessage } from "./message.ts";
import { readDigits, skipSpace, skipToken } from "./octets.ts";
import { PassingText } from "./passing-text.ts";
import { type FieldsRead, findFieldFlaw } from "./soundness.ts";
import { StartLine } from "./start-line.ts";
import { decodeFolded, decodeQuoted, decodeShared } from "./text.ts";
import { Uri } from "./uri.ts";
import { ViaField } from "./via-field.ts";

const empty = Buffer.alloc(0);

/** Bits of what has been read of the present message already. */
const VIA = 1;
const FROM = 2;
const TO = 4;
const CSEQ = 8;
const URI = 16;
const CREDENTIALS = 32;
const CHALLENGES = 64;
const FLAW = 128;

/** Reads message after message; see `SipMessage` for how long what it says is true. Never throws for any bytes. */
export class MessageReader implements SipMessage, FieldsRead {
  bytes: Buffer = empty;
  end = 0;
  /** The lines of the message, for those who edit it. */
  readonly index = new HeaderIndex();
  private readonly passing = new PassingText();
  private readonly startLine = new StartLine();
  private readonly viaField = new ViaField();
  private readonly fromField = new AddressField();
  private readonly toField = new AddressField();
  private readonly uri = new Uri();
  private cseqNumber = -1;
  private cseqMethodStart = 0;
  private cseqMethodEnd = 0;
  private readonly credentialList: ReadCredentials[] = [];
  private readonly challengeList: Challenge[] = [];
  private deepFlaw: Flaw | undefined;
  private done = 0;

  /** Takes `bytes` from 0 to `end` for the message to read. The bytes must stay as they are while it is in use. */
  read(bytes: Buffer, end: number = bytes.length): this {
    this.bytes = bytes;
    this.end = Math.min(end, bytes.length);
    this.done = 0;
    this.index.read(bytes, this.end);
    this.passing.begin(bytes, this.index.bodyStart);
    this.startLine.read(bytes, this.index.startLineStart, this.index.startLineEnd);
    return this;
  }

  get flaw(): Flaw | undefined {
    if ((this.done & FLAW) === 0) {
      this.done |= FLAW;
      this.deepFlaw = this.index.flaw ?? this.startLine.flaw ?? findFieldFlaw(this);
    }
    return this.deepFlaw;
  }

  get isRequest(): boolean {
    return this.startLine.isRequest;
  }

  get method(): string {
    return this.isRequest ? decodeShared(this.bytes, this.index.startLineStart, this.startLine.methodEnd) : "";
  }

  get status(): number {
    return this.startLine.status;
  }

  get requestUri(): string {
    return this.passing.cut(this.startLine.uriStart, this.startLine.uriEnd);
  }

  get requestUser(): string {
    const uri = this.requestUriParts;
    return decodeShared(this.bytes, uri.userStart, uri.userEnd);
  }

  /** Host of the Request-URI, brackets included; "" for `tel:` and other schemes. */
  get requestHost(): string {
    const uri = this.requestUriParts;
    return this.passing.cut(uri.hostStart, uri.hostEnd);
  }

  get branch(): string {
    return this.passing.cut(this.topVia.branchStart, this.topVia.branchEnd);
  }

  get callId(): string {
    // No white space stands in a Call-ID, so no fold; and it does not come again, so it is not shared.
    return this.passing.cut(this.valueStart(HeaderKind.CallId), this.valueEnd(HeaderKind.CallId));
  }

  get cseq(): number {
    this.readCSeq();
    return Math.max(0, this.cseqNumber);
  }

  get cseqMethod(): string {
    this.readCSeq();
    return this.isRequest && this.isCSeqMethodThatOfRequest
      ? this.method
      : decodeShared(this.bytes, this.cseqMethodStart, this.cseqMethodEnd);
  }

  get fromUser(): string {
    return this.userOf(this.from);
  }
  get fromHost(): string {
    return this.hostOf(this.from);
  }
  get fromTag(): string {
    return this.passing.cut(this.from.tagStart, this.from.tagEnd);
  }
  get fromDisplay(): string {
    return this.displayOf(this.from);
  }
  get toUser(): string {
    return this.userOf(this.to);
  }
  get toHost(): string {
    return this.hostOf(this.to);
  }
  get toTag(): string {
    return this.passing.cut(this.to.tagStart, this.to.tagEnd);
  }
  get toDisplay(): string {
    return this.displayOf(this.to);
  }

  get agent(): string {
    const agent = this.valueText(HeaderKind.UserAgent);
    return agent !== "" || this.isRequest ? agent : this.valueText(HeaderKind.Server);
  }

  get credentials(): readonly ReadCredentials[] {
    if ((this.done & CREDENTIALS) === 0) {
      this.done |= CREDENTIALS;
      this.credentialList.length = 0;
      const { kinds, valueStarts, valueEnds, count } = this.index;
      for (let at = this.firstOf(HeaderKind.Authorization, HeaderKind.ProxyAuthorization); at < count; at += 1) {
        const kind = kinds[at];
        if (kind !== HeaderKind.Authorization && kind !== HeaderKind.ProxyAuthorization) continue;
        // One more than may be, so that too many can be told.
        if (this.credentialList.length > MAX_CREDENTIALS) break;
        const isForProxy = kind === HeaderKind.ProxyAuthorization;
        const [start, end] = [valueStarts[at] ?? 0, valueEnds[at] ?? 0];
        this.credentialList.push(readCredentials(this.bytes, this.passing, start, end, isForProxy));
      }
    }
    return this.credentialList;
  }

  get challenges(): readonly Challenge[] {
    if ((this.done & CHALLENGES) === 0) {
      this.done |= CHALLENGES;
      this.challengeList.length = 0;
      const { kinds, valueStarts, valueEnds, count } = this.index;
      for (let at = this.firstOf(HeaderKind.WwwAuthenticate, HeaderKind.ProxyAuthenticate); at < count; at += 1) {
        if (kinds[at] !== HeaderKind.WwwAuthenticate && kinds[at] !== HeaderKind.ProxyAuthenticate) continue;
        const [start, end] = [valueStarts[at] ?? 0, valueEnds[at] ?? 0];
        readChallenges(this.bytes, this.passing, start, end, this.challengeList, MAX_CHALLENGES);
      }
    }
    return this.challengeList;
  }

  /** The topmost Via; everything in it is empty when there is none. */
  get topVia(): ViaField {
    if ((this.done & VIA) === 0) {
      this.done |= VIA;
      this.viaField.read(this.bytes, this.valueStart(HeaderKind.Via), this.valueEnd(HeaderKind.Via));
    }
    return this.viaField;
  }

  /** From, taken apart. */
  get from(): AddressField {
    return this.address(FROM, HeaderKind.From, this.fromField);
  }

  /** To, taken apart. */
  get to(): AddressField {
    return this.address(TO, HeaderKind.To, this.toField);
  }

  /** Offset of the Request-URI; both are those of the line's end in a response. */
  get requestUriStart(): number {
    return this.startLine.uriStart;
  }
  get requestUriEnd(): number {
    return this.startLine.uriEnd;
  }
  /** Offset of the first header's first byte. */
  get headersStart(): number {
    return this.index.count > 0 ? (this.index.starts[0] ?? 0) : this.index.bodyStart;
  }
  /** Offset of the first byte behind the empty line. */
  get bodyStart(): number {
    return this.index.bodyStart;
  }

  /** Max-Forwards; -1 when absent or no number. */
  get maxForwards(): number {
    return this.numberOf(HeaderKind.MaxForwards, 2 ** 31);
  }

  /** Content-Length; -1 when absent or no number. */
  get contentLength(): number {
    return this.numberOf(HeaderKind.ContentLength, 999_999_999);
  }

  /** The Expires header in seconds (not the parameter of a Contact); -1 when absent or no number. */
  get expiresSeconds(): number {
    return this.numberOf(HeaderKind.Expires, 2 ** 32 - 1);
  }

  /** The value of the first header of that kind, folds made one space; "" when there is none. */
  valueText(kind: HeaderKind): string {
    return decodeFolded(this.bytes, this.valueStart(kind), this.valueEnd(kind));
  }

  /** The Request-URI, taken apart. */
  get requestUriParts(): Uri {
    if ((this.done & URI) === 0) {
      this.done |= URI;
      this.uri.read(this.bytes, this.startLine.uriStart, this.startLine.uriEnd);
    }
    return this.uri;
  }

  /** True when CSeq is a number below 2**31 and a method, and nothing else. */
  get isCSeqSound(): boolean {
    this.readCSeq();
    return this.cseqNumber >= 0 && this.cseqMethodEnd > this.cseqMethodStart;
  }

  get isCSeqMethodThatOfRequest(): boolean {
    this.readCSeq();
    const start = this.index.startLineStart;
    const length = this.startLine.methodEnd - start;
    if (this.cseqMethodEnd - this.cseqMethodStart !== length) return false;
    for (let at = 0; at < length; at += 1) {
      if (this.bytes[start + at] !== this.bytes[this.cseqMethodStart + at]) return false;
    }
    return true;
  }

  private readCSeq(): void {
    if ((this.done & CSEQ) !== 0) return;
    this.done |= CSEQ;
    const start = this.valueStart(HeaderKind.CSeq);
    const end = this.valueEnd(HeaderKind.CSeq);
    const numberEnd = skipToken(this.bytes, start, end);
    this.cseqNumber = readDigits(this.bytes, start, numberEnd, MAX_CSEQ);
    this.cseqMethodStart = skipSpace(this.bytes, numberEnd, end);
    this.cseqMethodEnd = skipToken(this.bytes, this.cseqMethodStart, end);
    if (this.cseqMethodEnd !== end) this.cseqNumber = -1;
  }

  private address(bit: number, kind: HeaderKind, field: AddressField): AddressField {
    if ((this.done & bit) === 0) {
      this.done |= bit;
      field.read(this.bytes, this.valueStart(kind), this.valueEnd(kind));
    }
    return field;
  }

  private userOf({ uri }: AddressField): string {
    return decodeShared(this.bytes, uri.userStart, uri.userEnd);
  }

  private hostOf({ uri }: AddressField): string {
    return this.passing.cut(uri.hostStart, uri.hostEnd);
  }

  private displayOf(field: AddressField): string {
    return field.isDisplayQuoted
      ? decodeQuoted(this.bytes, field.displayStart, field.displayEnd)
      : decodeFolded(this.bytes, field.displayStart, field.displayEnd);
  }

  private valueStart(kind: HeaderKind): number {
    const at = this.index.find(kind);
    return at < 0 ? this.end : (this.index.valueStarts[at] ?? 0);
  }

  private valueEnd(kind: HeaderKind): number {
    const at = this.index.find(kind);
    return at < 0 ? this.end : (this.index.valueEnds[at] ?? 0);
  }

  private numberOf(kind: HeaderKind, max: number): number {
    return readDigits(this.bytes, this.valueStart(kind), this.valueEnd(kind), max);
  }

  /** Index of the first header of either kind; that behind the last one when there is none. */
  private firstOf(one: HeaderKind, other: HeaderKind): number {
    const { index } = this;
    const [first, second] = [index.find(one), index.find(other)];
    if (first < 0) return second < 0 ? index.count : second;
    return second < 0 ? first : Math.min(first, second);
  }
}

/** The flaws that lie within the fields of a message whose lines are sound: what is missing, doubled or unreadable. */
import type { AddressField } from "./address-field.ts";
import type { ReadCredentials } from "./digest.ts";
import type { Flaw } from "./flaw.ts";
import type { HeaderIndex } from "./header-index.ts";
import { HeaderKind } from "./header-name.ts";
import { MAX_CREDENTIALS, MAX_MISSING_BODY_BYTES } from "./limits.ts";
import { readDigits } from "./octets.ts";
import type { Uri } from "./uri.ts";
import type { ViaField } from "./via-field.ts";

/** The fields of one message that must be sound. */
export interface FieldsRead {
  readonly bytes: Buffer;
  readonly end: number;
  readonly index: HeaderIndex;
  readonly isRequest: boolean;
  readonly topVia: ViaField;
  readonly from: AddressField;
  readonly to: AddressField;
  readonly requestUriParts: Uri;
  readonly isCSeqSound: boolean;
  readonly isCSeqMethodThatOfRequest: boolean;
  readonly credentials: readonly ReadCredentials[];
}

const mandatory = [HeaderKind.Via, HeaderKind.From, HeaderKind.To, HeaderKind.CallId, HeaderKind.CSeq] as const;
/** Largest Content-Length that is read as a number; larger ones are none. */
const MAX_CONTENT_LENGTH = 999_999_999;

/** The first flaw of the fields, or undefined. */
export function findFieldFlaw(fields: FieldsRead): Flaw | undefined {
  for (const kind of mandatory) if (fields.index.find(kind) < 0) return "missing-header";
  if (isCallIdEmpty(fields)) return "missing-header";
  if (fields.isRequest && fields.requestUriParts.isBad) return "bad-uri";
  if (fields.topVia.isBad) return "bad-via";
  if (fields.from.isBad || fields.to.isBad) return "bad-address";
  if (!fields.isCSeqSound) return "bad-cseq";
  if (fields.isRequest && !fields.isCSeqMethodThatOfRequest) return "cseq-method-mismatch";
  return findLengthFlaw(fields) ?? findCredentialsFlaw(fields.credentials);
}

function isCallIdEmpty({ index }: FieldsRead): boolean {
  const at = index.find(HeaderKind.CallId);
  return index.valueStarts[at] === index.valueEnds[at];
}

function findLengthFlaw({ bytes, end, index }: FieldsRead): Flaw | undefined {
  let known = -1;
  for (let at = index.find(HeaderKind.ContentLength); at >= 0; at = index.find(HeaderKind.ContentLength, at + 1)) {
    const length = readDigits(bytes, index.valueStarts[at] ?? 0, index.valueEnds[at] ?? 0, MAX_CONTENT_LENGTH);
    if (length < 0) return "bad-content-length";
    if (known >= 0 && known !== length) return "conflicting-header";
    known = length;
  }
  return known - (end - index.bodyStart) > MAX_MISSING_BODY_BYTES ? "truncated-body" : undefined;
}

function findCredentialsFlaw(credentials: readonly ReadCredentials[]): Flaw | undefined {
  if (credentials.length > MAX_CREDENTIALS) return "too-many-credentials";
  for (let position = 0; position < credentials.length; position += 1) {
    const one = credentials[position];
    if (one === undefined) break;
    if (one.isBad) return "bad-credentials";
    for (let next = position + 1; next < credentials.length; next += 1) {
      const other = credentials[next];
      if (other !== undefined && isInConflict(one, other)) return "conflicting-header";
    }
  }
  return undefined;
}

/** Two guesses in one request: which of them the PBX tries is its own business. Realms compare as PBXs do, in any case. */
function isInConflict(one: ReadCredentials, other: ReadCredentials): boolean {
  if (one.isForProxy !== other.isForProxy || one.realm.toLowerCase() !== other.realm.toLowerCase()) return false;
  return one.username !== other.username || one.nonce !== other.nonce || one.response !== other.response;
}

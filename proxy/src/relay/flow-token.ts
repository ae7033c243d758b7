/**
 * A client's way as a word we can recognise: who it is (transport, address, port) and which listener of ours it came to,
 * sealed so that only we can have written it (the idea of RFC 5626 5.2). It stands as the user part of our Path and
 * Record-Route, and is the only thing that makes us send a request to a client.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { addressBytes, addressFromBytes } from "@sipprot/shared/address";
import type { RelayTransport } from "../worker-messages.ts";

/** Where a client is reached. */
export interface Flow {
  readonly transport: RelayTransport;
  readonly address: string;
  readonly port: number;
  /** Index of the listener it came to. */
  readonly listener: number;
}

/** 80 bits, as in the example of RFC 5626 5.2: guessing one takes more packets than a wire carries in a century. */
const MAC_BYTES = 10;
const HEAD_BYTES = 4;
/** Longest token: head, IPv6 address and MAC in base64url. */
export const MAX_TOKEN_CHARACTERS = 40;
/** Tokens sealed lately, kept since a phone registers again and again: 4,096 of them are under 1 MB. */
const MAX_SEALED = 4_096;

/** Seals and opens tokens under one secret. */
export class FlowTokens {
  readonly #secret: Uint8Array;
  readonly #sealed = new Map<string, string>();

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** The token of a flow: letters, digits, `-` and `_` only. The address must be canonical. */
  seal(flow: Flow): string {
    const key = `${flow.transport} ${flow.listener} ${flow.port} ${flow.address}`;
    const known = this.#sealed.get(key);
    if (known !== undefined) return known;
    const token = this.#sealAnew(flow);
    if (this.#sealed.size >= MAX_SEALED) this.#sealed.clear();
    this.#sealed.set(key, token);
    return token;
  }

  #sealAnew(flow: Flow): string {
    const address = addressBytes(flow.address);
    const payload = Buffer.alloc(HEAD_BYTES + address.length);
    payload[0] = flow.transport === "tcp" ? 1 : 0;
    payload[1] = flow.listener;
    payload.writeUInt16BE(flow.port, 2);
    payload.set(address, HEAD_BYTES);
    return Buffer.concat([payload, this.#mac(payload)]).toString("base64url");
  }

  /** The flow of a token; undefined for anything we did not seal. Never throws. */
  open(token: string): Flow | undefined {
    if (token.length > MAX_TOKEN_CHARACTERS) return undefined;
    const bytes = Buffer.from(token, "base64url");
    const payload = bytes.subarray(0, Math.max(0, bytes.length - MAC_BYTES));
    if (payload.length !== HEAD_BYTES + 4 && payload.length !== HEAD_BYTES + 16) return undefined;
    if (!timingSafeEqual(this.#mac(payload), bytes.subarray(payload.length))) return undefined;
    return {
      transport: payload[0] === 1 ? "tcp" : "udp",
      listener: payload[1] ?? 0,
      port: payload.readUInt16BE(2),
      address: addressFromBytes(payload.subarray(HEAD_BYTES)),
    };
  }

  #mac(payload: Buffer): Buffer {
    return createHmac("sha256", this.#secret).update("flow").update(payload).digest().subarray(0, MAC_BYTES);
  }
}

/** The kernel's form of an address, as recvmmsg writes it and sendmmsg reads it. */
import { addressBytes } from "@sipprot/shared/address";
import { describe, expect, it } from "vitest";
import { AddressBook, portAt } from "./address-book.ts";

/** `struct sockaddr_in6` with a scope. */
function sixthName(address: string, scope = 0): Buffer {
  const name = Buffer.alloc(28);
  name.writeUInt16LE(10, 0);
  name.set(addressBytes(address), 8);
  name.writeUInt32LE(scope, 24);
  return name;
}

describe.each([
  { sixth: false, addresses: ["198.51.100.7", "0.0.0.1", "255.255.255.255", "127.0.0.1"] },
  { sixth: true, addresses: ["::1", "2001:db8::1", "fe80::1", "2001:db8:0:1::", "64:ff9b::1", "ffff::"] },
])("an address book (IPv6: $sixth)", ({ sixth, addresses }) => {
  it("reads back what it wrote, the first time and later, anywhere in a buffer", () => {
    const book = new AddressBook(sixth);
    const names = Buffer.alloc(96, 0xff);
    for (const at of [0, 32, 64, 3]) {
      for (const address of addresses) {
        expect(book.put(names, at, address, 5060)).toBe(true);
        expect(book.textAt(names, at)).toBe(address);
        expect(portAt(names, at)).toBe(5060);
      }
    }
  });

  it("tells more addresses apart than it remembers", () => {
    const book = new AddressBook(sixth);
    const names = Buffer.alloc(32);
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 12_000; index += 1) {
        const [high, low] = [index >> 8, index & 255];
        const address = sixth
          ? `2001:db8:${(high + 1).toString(16)}::${(low + 1).toString(16)}`
          : `10.${high >> 8}.${high & 255}.${low}`;
        book.put(names, 0, address, 1);
        if (book.textAt(names, 0) !== address) expect.fail(`${address} became ${book.textAt(names, 0)}`);
      }
    }
  });

  it("refuses to write what is no address of its family, and remembers the others", () => {
    const book = new AddressBook(sixth);
    const names = Buffer.alloc(32);
    for (const text of ["", "no address", "1.2.3", sixth ? "127.0.0.1" : "::1"]) {
      expect(book.put(names, 0, text, 5060)).toBe(false);
    }
    expect(book.put(names, 0, sixth ? "::1" : "127.0.0.1", 5060)).toBe(true);
  });
});

it("gives one text for an address, so that tables find it without comparing", () => {
  const book = new AddressBook(false);
  const names = Buffer.alloc(32);
  book.put(names, 0, "198.51.100.7", 1);
  const first = book.textAt(names, 0);
  book.put(names, 0, "198.51.100.8", 1);
  book.textAt(names, 0);
  book.put(names, 0, "198.51.100.7", 2);
  expect(book.textAt(names, 0)).toBe(first);
});

it.each([
  ["a zone", sixthName("fe80::1", 3)],
  ["an IPv4 address in IPv6 form", sixthName("::c000:201")],
  ["an IPv4-mapped address", sixthName("::ffff:c000:201")],
  ["no address at all", sixthName("::")],
])("gives no text for %s: nobody can be answered there", (_, name) => {
  const book = new AddressBook(true);
  expect(book.textAt(name, 0)).toBe("");
  expect(book.textAt(sixthName("::1"), 0)).toBe("::1");
});

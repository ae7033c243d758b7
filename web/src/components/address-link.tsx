/** An address or network that leads to everything known of it. */
"use client";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import classes from "./address-link.module.css";

/** The page of an address. */
export function addressHref(address: string): string {
  return `/why/${encodeURIComponent(address)}`;
}

export function AddressLink({ address }: { readonly address: string }) {
  const [first, length] = address.split("/");
  return (
    <Anchor component={Link} href={addressHref(address)} prefetch={false} className={classes.address} translate="no">
      {first}
      {length !== undefined && (
        <>
          {/* Where a line may end, if anywhere. */}
          <wbr />/{length}
        </>
      )}
    </Anchor>
  );
}

/** What the dialog about an address does. */

export type AddressAction = "allow" | "deny" | "lift-and-allow";

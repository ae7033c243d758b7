/** The frame of every page of who is signed in. */
import type { ReactNode } from "react";
import { Shell } from "../../features/shell/shell.tsx";
import { readReader } from "../../i18n/request-reader.ts";

export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  const { isNavigationNarrow } = await readReader();
  return <Shell isNavigationNarrow={isNavigationNarrow}>{children}</Shell>;
}

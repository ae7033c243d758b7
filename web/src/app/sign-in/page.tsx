/** The sign-in. */
import { SignInPage } from "../../features/sign-in/sign-in-page.tsx";
import { readNext } from "../../server/page-way.ts";

export default async function Page({ searchParams }: { readonly searchParams: Promise<{ readonly next?: string }> }) {
  const { next } = await searchParams;
  return <SignInPage next={readNext(new URLSearchParams(typeof next === "string" ? { next } : {}).toString())} />;
}

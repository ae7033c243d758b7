/** A password of one's own, in place of a one-time password. */
import { redirect } from "next/navigation";
import { ChangePasswordPage } from "../../features/sign-in/change-password-page.tsx";
import { readSession } from "../../session/session.ts";

export default async function Page() {
  const session = await readSession();
  if (session.state !== "signed-in") redirect("/sign-in");
  return <ChangePasswordPage user={session.user} />;
}

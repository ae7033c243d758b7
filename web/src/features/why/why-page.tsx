/** Why? A form to ask about an address, or everything that is known of one. */
"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";
import { AddressForm } from "./address-form.tsx";
import { KnownAddress } from "./known-address.tsx";
import { subjectOf } from "./subject.ts";

export function WhyPage() {
  const t = useTranslations("why");
  const subject = subjectOf(usePathname());
  // Each address begins anew: nothing that was open or typed for another stays.
  if (subject !== "") return <KnownAddress key={subject} subject={subject} />;
  return (
    <PageFrame title={t("title")} description={t("description")}>
      <AddressForm typed="" />
    </PageFrame>
  );
}

/** One place, asked with OPTIONS as it is shown: what came back and after how long. */
"use client";
import { Alert, Button, Group } from "@mantine/core";
import type { SipPlace } from "@sipprot/shared/first-run";
import { useMutation } from "@tanstack/react-query";
import CircleCheck from "lucide-react/icons/circle-check";
import LoaderCircle from "lucide-react/icons/loader-circle";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { formatPlace } from "./format-place.ts";

export function ProbeResult({ place }: { readonly place: SipPlace }) {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  const { mutate, data, error, isPending } = useMutation(trpc.setup.probePbx.mutationOptions());
  const { address, port } = place;
  useEffect(() => mutate({ address, port }), [mutate, address, port]);
  if (error !== null) return <FormError error={error} />;
  const where = formatPlace(place);
  const again = (
    <Group mt="xs">
      <Button variant="default" size="compact-sm" loading={isPending} onClick={() => mutate({ address, port })}>
        {t("probeAgain")}
      </Button>
    </Group>
  );
  if (data === undefined) {
    return (
      <Alert role="status" color="gray" icon={<LoaderCircle aria-hidden />} title={t("probing", { where })}>
        {t("probingText")}
      </Alert>
    );
  }
  return data.isAnswered ? (
    <Alert role="status" color="green" icon={<CircleCheck aria-hidden />} title={t("probeAnswered", { where })}>
      {t.rich("probeAnswer", { answer: () => <WireText text={data.answer} />, ms: data.tookMs })}
      {again}
    </Alert>
  ) : (
    <Alert role="status" color="orange" icon={<TriangleAlert aria-hidden />} title={t("probeSilent", { where })}>
      {t("probeSilentText")}
      {again}
    </Alert>
  );
}

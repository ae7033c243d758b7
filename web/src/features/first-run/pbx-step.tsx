/** First run: where the PBX is, asked there and then whether it answers; put elsewhere when it is elsewhere. */
"use client";
import { Alert, Anchor, Button, Stack, Text } from "@mantine/core";
import type { PbxPlace } from "@sipprot/shared/first-run";
import { useQuery } from "@tanstack/react-query";
import Info from "lucide-react/icons/info";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { OtherPbx } from "./other-pbx.tsx";
import { ProbeResult } from "./probe-result.tsx";
import { StepFrame, type StepProps } from "./step-frame.tsx";

export function PbxStep({ onDone, onBack }: StepProps) {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  const pbx = useQuery(trpc.setup.pbx.queryOptions());
  const [isElsewhere, setElsewhere] = useState(false);
  return (
    <StepFrame
      title={t("pbxTitle")}
      description={t("pbxText")}
      onBack={onBack}
      forward={<Button onClick={onDone}>{t("continue")}</Button>}
    >
      <DataState query={pbx}>
        {(place) => (
          <Stack gap="md">
            <PathNote place={place} />
            {place.places.map((one) => (
              <ProbeResult key={`${one.address}#${one.port}`} place={one} />
            ))}
            {isElsewhere ? (
              <OtherPbx place={place} onClose={() => setElsewhere(false)} />
            ) : (
              <Anchor component="button" type="button" ta="start" onClick={() => setElsewhere(true)}>
                {t("pbxElsewhere")}
              </Anchor>
            )}
          </Stack>
        )}
      </DataState>
    </StepFrame>
  );
}

function PathNote({ place }: { readonly place: PbxPlace }) {
  const t = useTranslations("first-run");
  if (place.path === "unknown") {
    return (
      <Alert color="orange" icon={<Info aria-hidden />} title={t("gateAway")}>
        {t("gateAwayRemedy")}
      </Alert>
    );
  }
  return <Text>{place.path === "transparent" ? t("pathTransparent") : t("pathRelay")}</Text>;
}

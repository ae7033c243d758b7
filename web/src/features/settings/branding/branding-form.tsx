/** Edits name, colour and logo, and shows at once how they look in both appearances. */
"use client";
import { Button, ColorInput, FileButton, Group, Stack, Text, TextInput } from "@mantine/core";
import {
  type Branding,
  type BrandingChange,
  brandingSchema,
  DEFAULT_ACCENT,
  defaultBranding,
  logoTypes,
  MAX_LOGO_BYTES,
} from "@sipprot/shared/branding";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../../components/form-error.tsx";
import { useAnnounce } from "../../../components/live-region.tsx";
import { showNotice } from "../../../components/notices.ts";
import { useTRPC } from "../../../trpc/trpc.ts";
import { isColor } from "./accent-report.ts";
import classes from "./branding.module.css";
import { BrandingPreview } from "./branding-preview.tsx";
import { type ChosenLogo, readLogoFile } from "./read-logo-file.ts";

export function BrandingForm({ branding, mayEdit }: { readonly branding: Branding; readonly mayEdit: boolean }) {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const announce = useAnnounce();
  const [name, setName] = useState(branding.productName);
  const [accent, setAccent] = useState(branding.accent);
  const [logo, setLogo] = useState<ChosenLogo | null>();
  const [wrongFile, setWrongFile] = useState<string>();
  const change = useMutation(
    trpc.branding.change.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(trpc.branding.get.queryKey(), next);
        // The frame of the page is drawn by the server: asked for anew, without losing what is typed elsewhere.
        router.refresh();
        void showNotice({ message: t("brandingSaved") });
        announce(t("brandingSaved"));
      },
    }),
  );
  const color = accent.toLowerCase();
  const isColorWell = isColor(color);
  const isNameWell = brandingSchema.shape.productName.unwrap().safeParse(name).success;
  const wanted: BrandingChange = {
    ...(name.trim() === branding.productName ? {} : { productName: name.trim() }),
    ...(color === branding.accent ? {} : { accent: color }),
    ...(logo === undefined ? {} : { logo: logo === null ? null : { file: logo.file, plates: [...logo.plates] } }),
  };
  const isChanged = Object.keys(wanted).length > 0;
  const take = async (file: File | null) => {
    if (file === null) return;
    const chosen = file.size > MAX_LOGO_BYTES ? undefined : await readLogoFile(file);
    setWrongFile(
      chosen === undefined ? t("wrongLogo", { name: file.name, kilobytes: MAX_LOGO_BYTES / 1024 }) : undefined,
    );
    if (chosen !== undefined) setLogo(chosen);
  };
  const shownLogo =
    logo === undefined
      ? branding.logo && { href: `/branding/logo?v=${branding.logo.version}`, plates: branding.logo.plates }
      : logo && { href: logo.shownAs, plates: logo.plates };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && isColorWell && isNameWell) change.mutate(wanted);
      }}
    >
      <Stack gap="md" className={classes.fields}>
        <FormError error={change.error} />
        <TextInput
          label={t("brandName")}
          description={t("brandNameHint")}
          value={name}
          readOnly={!mayEdit}
          maxLength={40}
          error={isNameWell ? undefined : t("wrongName")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ColorInput
          label={t("brandAccent")}
          description={t("brandAccentHint")}
          value={accent}
          readOnly={!mayEdit}
          format="hex"
          fixOnBlur={false}
          eyeDropperButtonProps={{ "aria-label": t("pickColor") }}
          swatches={[DEFAULT_ACCENT, "#1d4ed8", "#7a1fa2", "#b42318", "#b8860b", "#2b7a4b", "#374151"]}
          error={isColorWell ? undefined : t("wrongColor")}
          onChange={setAccent}
        />
        <div>
          <Text fw={500}>{t("brandLogo")}</Text>
          <Text size="xs" c="dimmed">
            {t("brandLogoHint", { kilobytes: MAX_LOGO_BYTES / 1024 })}
          </Text>
          {mayEdit && (
            <Group gap="xs" mt="xs">
              <FileButton accept={logoTypes.join(",")} onChange={(file) => void take(file)}>
                {(props) => (
                  <Button variant="default" {...props}>
                    {t("chooseLogo")}
                  </Button>
                )}
              </FileButton>
              {shownLogo !== null && (
                <Button variant="subtle" color="red" onClick={() => setLogo(branding.logo === null ? undefined : null)}>
                  {t("removeLogo")}
                </Button>
              )}
            </Group>
          )}
          {wrongFile !== undefined && (
            <Text role="alert" size="xs" c="red" mt={4}>
              {wrongFile}
            </Text>
          )}
        </div>
        {mayEdit && (
          <Group gap="xs">
            <Button type="submit" disabled={!isChanged || !isColorWell || !isNameWell} loading={change.isPending}>
              {t("saveBranding")}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setName(defaultBranding.productName);
                setAccent(DEFAULT_ACCENT);
                setLogo(branding.logo === null ? undefined : null);
              }}
            >
              {t("brandDefaults")}
            </Button>
          </Group>
        )}
      </Stack>
      <BrandingPreview name={name} accent={isColorWell ? color : branding.accent} logo={shownLogo} />
    </form>
  );
}

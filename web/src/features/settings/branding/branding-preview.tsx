/** How a name, a colour and a logo look in both appearances, and what was adapted so that they can be read. */
"use client";
import { useId, useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { gateColors, inks, surfaces } from "../../../theme/palette.ts";
import { reportAccent, type SchemeReport } from "./accent-report.ts";
import classes from "./branding.module.css";

export interface BrandingPreviewProps {
  readonly name: string;
  readonly accent: string;
  readonly logo: { readonly href: string; readonly plates: readonly string[] } | null;
}

export function BrandingPreview({ name, accent, logo }: BrandingPreviewProps) {
  const report = useMemo(() => reportAccent(accent), [accent]);
  return (
    <div className={classes.previews}>
      <SchemePreview scheme="light" report={report.light} {...{ name, accent, logo }} />
      <SchemePreview scheme="dark" report={report.dark} {...{ name, accent, logo }} />
    </div>
  );
}

function SchemePreview({
  scheme,
  report,
  name,
  logo,
}: BrandingPreviewProps & { readonly scheme: "light" | "dark"; readonly report: SchemeReport }) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const titleId = useId();
  const { roles, given, text, isTextAdapted, isFilledAdapted } = report;
  const [surface, page] = surfaces[scheme];
  const { ink, line } = inks[scheme];
  const isPlated = logo?.plates.includes(scheme) === true;
  const plate = surfaces[scheme === "light" ? "dark" : "light"][0];
  const ratio = (value: number) => format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <section className={classes.preview} aria-labelledby={titleId} data-scheme={scheme}>
      <h3 id={titleId} className={classes.previewTitle}>
        {scheme === "light" ? t("inLight") : t("inDark")}
      </h3>
      <div className={classes.window} style={{ background: page, color: ink, borderColor: line }} aria-hidden>
        <div className={classes.windowHead} style={{ background: surface, borderColor: line }}>
          {logo === null ? (
            <strong style={{ color: roles.text }}>{name}</strong>
          ) : (
            // biome-ignore lint/performance/noImgElement: a small file of our own origin, nothing to optimise
            <img
              src={logo.href}
              alt=""
              className={classes.windowLogo}
              style={isPlated ? { background: plate, padding: 4 } : undefined}
            />
          )}
        </div>
        <div className={classes.windowBody}>
          <span style={{ color: roles.text, textDecoration: "underline" }}>{t("sampleLink")}</span>
          <span className={classes.sampleButton} style={{ background: roles.filled, color: roles.onFilled }}>
            {t("sampleButton")}
          </span>
          <span className={classes.sampleTint} style={{ background: roles.tint, color: roles.text }}>
            {t("sampleChosen")}
          </span>
          <span className={classes.sampleMark} style={{ background: gateColors.guessing }} />
        </div>
      </div>
      <ul className={classes.words}>
        <li>
          {isTextAdapted
            ? scheme === "light"
              ? t("textDarker", { given: ratio(given), text: ratio(text) })
              : t("textLighter", { given: ratio(given), text: ratio(text) })
            : t("textAsGiven", { text: ratio(text) })}
        </li>
        <li>
          {isFilledAdapted
            ? scheme === "light"
              ? t("filledDarker", { given: ratio(given) })
              : t("filledLighter", { given: ratio(given) })
            : t("filledAsGiven")}
        </li>
        {isPlated && <li>{t("onPlate")}</li>}
      </ul>
    </section>
  );
}

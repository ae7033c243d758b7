/** The customer's logo, or the product's sign and name; leads to the dashboard. */
"use client";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useBranding } from "../../theme/branding-context.ts";
import classes from "./brand.module.css";

export function Brand() {
  const t = useTranslations("shell");
  const { productName, logo } = useBranding();
  return (
    <Link href="/" prefetch={false} className={classes.brand} aria-label={t("home", { product: productName })}>
      {logo === null ? (
        <>
          <Sign />
          <span className={classes.name}>{productName}</span>
        </>
      ) : (
        // biome-ignore lint/performance/noImgElement: a small file of our own origin, nothing to optimise
        <img
          src={`/branding/logo?v=${logo.version}`}
          alt={productName}
          width={logo.width}
          height={logo.height}
          className={classes.logo}
          data-plates={logo.plates.join(" ") || undefined}
        />
      )}
    </Link>
  );
}

/** A gate: two posts and what passes between them. */
function Sign() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden className={classes.sign}>
      <path d="M5 3.5v17M19 3.5v17" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <path d="M9.5 12h5" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M9.5 7.2h5M9.5 16.8h5" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" opacity="0.4" />
    </svg>
  );
}

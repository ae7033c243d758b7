/** The frame of every page: language, looks, and what all components stand on. */
import "@mantine/core/styles.layer.css";
import "@fontsource-variable/ibm-plex-sans/wght.css";
import "../theme/global.css";
import "../theme/print.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Viewport } from "next";
import type { ReactNode } from "react";
import { Providers } from "../features/providers/providers.tsx";
import { compiledMessages } from "../i18n/compiled-messages.ts";
import { readReader } from "../i18n/request-reader.ts";
import { surfaces } from "../theme/palette.ts";
import { buildThemeParts } from "../theme/theme-parts.ts";

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: surfaces.light[0] },
    { media: "(prefers-color-scheme: dark)", color: surfaces.dark[0] },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const { locale, timeZone, nonce, branding } = await readReader();
  return (
    <html lang={locale} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <Providers
          locale={locale}
          messages={compiledMessages(locale)}
          timeZone={timeZone}
          nowMs={Date.now()}
          nonce={nonce}
          branding={branding}
          themeParts={buildThemeParts(branding.accent)}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}

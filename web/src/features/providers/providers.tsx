/** Everything components stand on: looks, language, data, address state, dialogs and notices. */
"use client";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useMemo, useState } from "react";
import { ConfirmProvider } from "../../components/confirm.tsx";
import { LiveRegion } from "../../components/live-region.tsx";
import { NoticePlace } from "../../components/notice-place.tsx";
import type { Locale } from "../../i18n/locales.ts";
import { type Branding, BrandingContext } from "../../theme/branding-context.ts";
import { mantineTheme } from "../../theme/theme.ts";
import type { ThemeParts } from "../../theme/theme-parts.ts";
import { createBrowserClient } from "../../trpc/client.ts";
import { createQueryClient } from "../../trpc/query-client.ts";
import { SessionGate } from "../../trpc/session-gate.ts";
import { SessionGateContext } from "../../trpc/session-gate-context.ts";
import { TRPCProvider } from "../../trpc/trpc.ts";
import { SignInGate } from "../sign-in/sign-in-gate.tsx";
import { LanguageProvider } from "./language-provider.tsx";

export interface ProvidersProps {
  readonly locale: Locale;
  /** Compiled texts as JSON. */
  readonly messages: string;
  readonly timeZone: string;
  /** When the server rendered the page. */
  readonly nowMs: number;
  readonly nonce: string;
  readonly branding: Branding;
  readonly themeParts: ThemeParts;
  readonly children: ReactNode;
}

export function Providers(props: ProvidersProps) {
  const { locale, messages, timeZone, nowMs, branding, themeParts, children } = props;
  // That of the document: what the server sends when a page is refreshed carries another, which its policy does not know.
  const [nonce] = useState(props.nonce);
  const [parts] = useState(() => {
    // What dialogs use to keep the page behind them still writes a style of its own, and asks there.
    if (typeof document !== "undefined") setNonce(nonce);
    const gate = new SessionGate();
    return { gate, queryClient: createQueryClient(), client: createBrowserClient(gate) };
  });
  const theme = useMemo(() => mantineTheme(themeParts), [themeParts]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={() => themeParts.variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <LanguageProvider locale={locale} messages={messages} timeZone={timeZone} nowMs={nowMs}>
        <NuqsAdapter>
          <QueryClientProvider client={parts.queryClient}>
            <TRPCProvider trpcClient={parts.client} queryClient={parts.queryClient}>
              <SessionGateContext value={parts.gate}>
                <BrandingContext value={branding}>
                  <LiveRegion>
                    <ConfirmProvider>{children}</ConfirmProvider>
                    <SignInGate />
                  </LiveRegion>
                </BrandingContext>
              </SessionGateContext>
            </TRPCProvider>
          </QueryClientProvider>
        </NuqsAdapter>
        <NoticePlace />
      </LanguageProvider>
    </MantineProvider>
  );
}

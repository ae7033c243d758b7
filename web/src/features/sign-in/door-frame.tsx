/** The frame of the pages before the application: nobody has signed in, or something comes first. */
"use client";
import type { ReactNode } from "react";
import { useBranding } from "../../theme/branding-context.ts";
import { Brand } from "../shell/brand.tsx";
import { LanguageMenu } from "../shell/language-menu.tsx";
import { ThemeMenu } from "../shell/theme-menu.tsx";
import classes from "./door-frame.module.css";

export interface DoorFrameProps {
  /** Of the browser's tab. */
  readonly title: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

export function DoorFrame({ title, isWide = false, children }: DoorFrameProps) {
  const { productName } = useBranding();
  return (
    <div className={classes.door}>
      <title>{`${title} · ${productName}`}</title>
      <header className={classes.head}>
        <Brand />
        <div className={classes.tools}>
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </header>
      <main className={classes.main} data-wide={isWide || undefined}>
        {children}
      </main>
    </div>
  );
}

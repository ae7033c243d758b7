/** The frame of a page: its one h1, what it is for, and what can be done on it. */
"use client";
import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useBranding } from "../theme/branding-context.ts";
import classes from "./page-frame.module.css";

export interface PageFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons and pickers that are about the whole page. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function PageFrame({ title, description, actions, children }: PageFrameProps) {
  const { productName } = useBranding();
  return (
    <div className={classes.frame}>
      <title>{`${title} · ${productName}`}</title>
      <header className={classes.head}>
        <div className={classes.words}>
          <Title order={1}>{title}</Title>
          {description !== undefined && <Text className={classes.description}>{description}</Text>}
        </div>
        {actions !== undefined && (
          <div className={classes.actions} data-print="no">
            {actions}
          </div>
        )}
      </header>
      {children}
    </div>
  );
}

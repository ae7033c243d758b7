/** A quiet card that says why there is nothing to see, and what to do. */
"use client";
import { Text, Title } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import classes from "./state-card.module.css";

export interface StateCardProps {
  readonly icon: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
  readonly title: string;
  readonly text?: string | undefined;
  readonly role?: "alert";
  readonly children?: ReactNode;
}

export function StateCard({ icon: Icon, title, text, role, children }: StateCardProps) {
  return (
    <div className={classes.card} role={role}>
      <Icon size={28} aria-hidden />
      <Title order={2} size="h3">
        {title}
      </Title>
      {text !== undefined && <Text className={classes.text}>{text}</Text>}
      {children !== undefined && children !== null && <div className={classes.actions}>{children}</div>}
    </div>
  );
}

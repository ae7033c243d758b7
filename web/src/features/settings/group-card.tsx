/** A card with a heading of its own, which the index on the side leads to. */
"use client";
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./group-card.module.css";

export interface GroupCardProps {
  /** Where the index leads. */
  readonly id: string;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

export function GroupCard({ id, title, description, children }: GroupCardProps) {
  return (
    <section className={classes.card} id={id} aria-labelledby={`${id}-title`}>
      <header className={classes.head}>
        <Title order={2} id={`${id}-title`} tabIndex={-1}>
          {title}
        </Title>
        {description !== undefined && <p className={classes.description}>{description}</p>}
      </header>
      {children}
    </section>
  );
}

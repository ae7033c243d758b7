/** One part of a page: a heading, what can be done with it, and its contents. */
import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import styles from "./section-card.module.css";

export function SectionCard({
  title,
  note,
  actions,
  children,
}: {
  readonly title: ReactNode;
  /** A quiet line under the heading. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header className={styles.head}>
        <div>
          <Title order={2} id={titleId}>
            {title}
          </Title>
          {note !== undefined && <p className={styles.note}>{note}</p>}
        </div>
        {actions !== undefined && (
          <div className={styles.actions} data-print="no">
            {actions}
          </div>
        )}
      </header>
      {children}
    </section>
  );
}

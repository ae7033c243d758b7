/** Names and values, side by side where there is room. */
import type { ReactNode } from "react";
import styles from "./fact-list.module.css";

export function FactList({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

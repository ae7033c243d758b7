/** Under a table: chosen of all, rows per page, and the pages. */
"use client";
import { Group, NativeSelect, Pagination, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import classes from "./table-footer.module.css";
import { pageSizes } from "./use-table-state.ts";

export interface TableFooterProps {
  /** 0 is the first. */
  readonly page: number;
  readonly size: number;
  readonly total: number;
  /** Absent where nothing can be chosen. */
  readonly chosen: number | undefined;
  readonly onPage: (page: number) => void;
  readonly onSize: (size: number) => void;
}

export function TableFooter({ page, size, total, chosen, onPage, onSize }: TableFooterProps) {
  const t = useTranslations("kit");
  if (total === 0) return null;
  const pages = Math.max(1, Math.ceil(total / size));
  const sizes = [...new Set([...pageSizes, size])].sort((one, other) => one - other);
  return (
    <div className={classes.footer} data-print="no">
      <Text className={classes.count}>
        {chosen === undefined ? t("total", { total }) : t("chosenOfTotal", { chosen, total })}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <NativeSelect
          size="xs"
          aria-label={t("rowsPerPage")}
          value={String(size)}
          data={sizes.map((rows) => ({ value: String(rows), label: t("rows", { rows }) }))}
          onChange={(event) => onSize(Number(event.currentTarget.value))}
        />
      </Group>
      <nav aria-label={t("pages")}>
        <Pagination
          size="sm"
          siblings={1}
          total={pages}
          value={Math.min(page + 1, pages)}
          onChange={(next) => onPage(next - 1)}
          getItemProps={(number) => ({ "aria-label": t("pageNumber", { page: number }) })}
          getControlProps={(control) => ({ "aria-label": control === "next" ? t("nextPage") : t("previousPage") })}
        />
      </nav>
    </div>
  );
}

/** The navigation: every page by name, the current one marked. */
"use client";
import { isRoleAtLeast } from "@sipprot/shared/role";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useMe } from "../../trpc/use-me.ts";
import { type PageLink, pageLinks, pageOf } from "./navigation.ts";
import classes from "./navigation-list.module.css";
import { usePageNames } from "./use-page-names.ts";

const NavigationTip = dynamic(() => import("./navigation-tip.tsx").then((module) => module.NavigationTip));

export interface NavigationListProps {
  /** Signs alone, names in tips. */
  readonly isNarrow?: boolean;
  readonly onChoose?: () => void;
}

export function NavigationList({ isNarrow = false, onChoose }: NavigationListProps) {
  const t = useTranslations("shell");
  const names = usePageNames();
  const current = pageOf(usePathname());
  const me = useMe();
  const isOffered = ({ needs }: PageLink) => needs === undefined || (me !== undefined && isRoleAtLeast(me.role, needs));
  const groups: Record<PageLink["group"], string> = {
    watch: t("groupWatch"),
    lists: t("groupLists"),
    look: t("groupLook"),
    system: t("groupSystem"),
  };
  return (
    <nav aria-label={t("navigation")} className={classes.nav} data-narrow={isNarrow || undefined}>
      {(Object.keys(groups) as PageLink["group"][]).map((group) => (
        <div key={group} className={classes.group}>
          {!isNarrow && group !== "watch" && <p className={classes.heading}>{groups[group]}</p>}
          <ul aria-label={groups[group]}>
            {pageLinks
              .filter((page) => page.group === group && isOffered(page))
              .map((page) => (
                <li key={page.name}>
                  <PageEntry
                    page={page}
                    name={names[page.name]}
                    isCurrent={current?.name === page.name}
                    isNarrow={isNarrow}
                    onChoose={onChoose}
                  />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface PageEntryProps {
  readonly page: PageLink;
  readonly name: string;
  readonly isCurrent: boolean;
  readonly isNarrow: boolean;
  readonly onChoose: (() => void) | undefined;
}

function PageEntry({ page, name, isCurrent, isNarrow, onChoose }: PageEntryProps) {
  const link = (
    <Link
      href={page.href}
      prefetch={false}
      className={classes.link}
      aria-current={isCurrent ? "page" : undefined}
      aria-label={isNarrow ? name : undefined}
      {...(onChoose === undefined ? {} : { onClick: onChoose })}
    >
      <page.icon size={18} strokeWidth={1.75} aria-hidden />
      {!isNarrow && name}
    </Link>
  );
  return isNarrow ? <NavigationTip label={name}>{link}</NavigationTip> : link;
}

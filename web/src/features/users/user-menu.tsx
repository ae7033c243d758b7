/** What can be done with one account, behind one button; the last administrator is protected and the menu says so. */
"use client";
import { ActionIcon, Menu } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import CirclePlay from "lucide-react/icons/circle-play";
import CircleSlash from "lucide-react/icons/circle-slash";
import Ellipsis from "lucide-react/icons/ellipsis";
import KeyRound from "lucide-react/icons/key-round";
import Trash2 from "lucide-react/icons/trash-2";
import UserCog from "lucide-react/icons/user-cog";
import { useTranslations } from "use-intl";
import type { UserActions } from "./use-user-actions.ts";

export interface UserMenuProps {
  readonly user: User;
  readonly actions: UserActions;
  /** True when nobody else could administer. */
  readonly isLastAdministrator: boolean;
  readonly onRole: () => void;
}

export function UserMenu({ user, actions, isLastAdministrator, onRole }: UserMenuProps) {
  const t = useTranslations("users");
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="default"
          aria-label={t("actionsOf", { name: user.name })}
          loading={actions.busy === user.name}
        >
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isLastAdministrator && <Menu.Label maw={260}>{t("lastAdministrator")}</Menu.Label>}
        <Menu.Item leftSection={<UserCog size={15} aria-hidden />} disabled={isLastAdministrator} onClick={onRole}>
          {t("changeRole")}
        </Menu.Item>
        <Menu.Item leftSection={<KeyRound size={15} aria-hidden />} onClick={() => void actions.reset(user)}>
          {t("reset")}
        </Menu.Item>
        {user.isDisabled ? (
          <Menu.Item leftSection={<CirclePlay size={15} aria-hidden />} onClick={() => actions.switchOn(user)}>
            {t("on")}
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<CircleSlash size={15} aria-hidden />}
            disabled={isLastAdministrator}
            onClick={() => void actions.switchOff(user)}
          >
            {t("off")}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          leftSection={<Trash2 size={15} aria-hidden />}
          disabled={isLastAdministrator}
          onClick={() => void actions.remove(user)}
        >
          {t("remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

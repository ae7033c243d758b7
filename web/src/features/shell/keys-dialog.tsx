/** The keys there are, and the switch for them. */
"use client";
import { Kbd, Modal, Stack, Switch, Table } from "@mantine/core";
import { useTranslations } from "use-intl";
import { pageLinks } from "./navigation.ts";
import { usePageNames } from "./use-page-names.ts";

export interface KeysDialogProps {
  readonly isShown: boolean;
  readonly onClose: () => void;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

export function KeysDialog({ isShown, onClose, isOn, onSwitch }: KeysDialogProps) {
  const t = useTranslations("shell");
  const kit = useTranslations("kit");
  const names = usePageNames();
  const rows = [
    { keys: ["/"], text: t("keySearch") },
    { keys: ["?"], text: t("keyKeys") },
    { keys: ["z"], text: t("keyUndo") },
    ...pageLinks.map(({ name, letter }) => ({ keys: ["g", letter], text: t("keyGo", { page: names[name] }) })),
  ];
  return (
    <Modal opened={isShown} onClose={onClose} title={t("keys")} closeButtonProps={{ "aria-label": kit("close") }}>
      <Stack>
        <Switch
          label={t("keysOn")}
          checked={isOn}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
          data-autofocus
        />
        <Table aria-label={t("keys")}>
          <Table.Tbody>
            {rows.map(({ keys, text }) => (
              <Table.Tr key={keys.join("")}>
                <Table.Th scope="row" w="5rem">
                  {keys.map((key) => (
                    <Kbd key={key} mr={4}>
                      {key}
                    </Kbd>
                  ))}
                </Table.Th>
                <Table.Td>{text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}

/** The page's session gate for the dialog that opens it: signed out, and signed in again. */
import { createContext, useContext, useSyncExternalStore } from "react";
import { SessionGate } from "./session-gate.ts";

export const SessionGateContext = createContext(new SessionGate());

/** Whether calls wait for somebody to sign in, and how to let them go. */
export function useSessionGate(): { readonly isOpen: boolean; readonly settle: SessionGate["settle"] } {
  const gate = useContext(SessionGateContext);
  const isOpen = useSyncExternalStore(gate.subscribe, gate.isOpen, () => false);
  return { isOpen, settle: (outcome) => gate.settle(outcome) };
}

/** The lab with the gate standing before its Asterisk: what nearly every system test starts from. */
import { type Gate, type GateOptions, startGate } from "./gate.ts";
import { type Lab, startLab } from "./lab.ts";

export interface ProtectedLab extends Lab {
  readonly gate: Gate;
}

/** Builds the lab, then starts the gate. What was built is removed again when the gate does not become healthy. */
export async function startProtectedLab(options: GateOptions): Promise<ProtectedLab> {
  const lab = await startLab(options.mode === "relay" ? "behind-relay" : "open");
  try {
    const gate = await startGate(lab.network.pbx, options);
    const remove = async () => {
      await gate.remove().catch(() => {});
      await lab.remove();
    };
    return { ...lab, gate, remove };
  } catch (error) {
    await lab.remove();
    throw error;
  }
}

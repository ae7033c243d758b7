/** A PBX for the gate in relay mode: Kamailio, which answers OPTIONS and knows every account by one password. */
import { writeFile } from "node:fs/promises";
import { askOptions } from "../../control/src/services/doctor/pbx-checks.ts";
import { Program } from "./program.ts";

/** Password of every account at this PBX. */
export const PBX_PASSWORD = "mast-lantern-orchard";

/** Makes the PBX; it listens on UDP once it is started. Ended politely only: killed, it leaves children that go on answering. */
export async function makePbx(folder: string, port: number): Promise<Program> {
  const file = `${folder}/kamailio.cfg`;
  await writeFile(
    file,
    `#!KAMAILIO
debug=0
log_stderror=yes
children=1
disable_tcp=yes
listen=udp:127.0.0.1:${port}
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "auth.so"
request_route {
  if (method == "REGISTER") {
    if (!pv_www_authenticate("pbx", "${PBX_PASSWORD}", "0")) { www_challenge("pbx", "0"); exit; }
  }
  sl_send_reply("200", "OK");
}
`,
  );
  return new Program({
    name: "kamailio",
    command: "kamailio",
    args: ["-DD", "-E", "-f", file, "-m", "16", "-M", "4", "-Y", folder],
    logFile: `${folder}/kamailio.log`,
    isReady: async () => (await askOptions({ address: "127.0.0.1", port })) !== undefined,
  });
}

/** `npm run lab`: builds the lab by hand, says how to use it, and keeps it until Ctrl-C. `--open` leaves the gate out. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

// Node 20 cannot run TypeScript by itself; the test runner's own loader can.
const { module } = await runnerImport(fileURLToPath(new URL("by-hand.ts", import.meta.url)), {
  root: fileURLToPath(new URL("../..", import.meta.url)),
  configFile: false,
  resolve: { conditions: ["source"] },
  logLevel: "error",
});
await module.runByHand(process.argv.slice(2));

/**
 * Holds the kernel's part as the product's main process does, to be killed. Runs inside a namespace, on the built proxy.
 * Argument: JSON { runFolder, description?, guarded?, bans? }.
 */
import { NftablesKernel } from "../../proxy/dist/kernel/nftables-kernel.js";

const { description, guarded, bans, runFolder } = JSON.parse(process.argv[2] ?? "{}");
const kernel = new NftablesKernel({ runFolder });
if (description !== undefined) await kernel.applySteering(description);
if (guarded !== undefined) await kernel.setGuarded(guarded);
if (bans !== undefined) await kernel.setBans(bans);
process.stdout.write("ready\n");
setInterval(() => {}, 60_000);

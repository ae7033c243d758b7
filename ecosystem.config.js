/** What pm2 runs for this installation. `npm start` uses it; the programs themselves are described in control. */
import { installationFolder, readConfig } from "./control/dist/config.js";
import { describePrograms } from "./control/dist/services/programs.js";

const { boot, configFile } = readConfig(process.env.sipprot_config);

export const apps = describePrograms({ boot, configFile, installationFolder, environment: process.env });

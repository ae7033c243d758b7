/** Whether a peer can be had here, and if not, the sentence that says so. */
import { hasCommand } from "../../../scripts/debian-packages.mjs";

const why = {
  kamailio:
    "Kamailio is not installed here (packages kamailio and kamailio-geoip2-modules), so it is not in the tables.",
  opensips: "OpenSIPS is no package of Debian 12, so it could not be had and is not in the tables.",
  "fail2ban-server": "fail2ban is not installed here (package fail2ban), so it is not in the tables.",
};

/** Undefined when the program is there. */
export function findMissingPeer(command) {
  return hasCommand(command) ? undefined : why[command];
}

/** Which Node versions run this product. */

/** The first version whose `require` loads ES modules, which pm2 needs to read `ecosystem.config.js`. */
const OLDEST = [20, 19];

/**
 * What is wrong with a Node version such as `v20.20.2`, as one sentence with its remedy, or undefined when it will do.
 * @param {string} version
 * @returns {string | undefined}
 */
export function findNodeProblem(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Node ${version} is too old: sipprot needs ${OLDEST.join(".")} or later. Install it from https://nodejs.org/en/download and try again.`;
}

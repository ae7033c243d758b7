/** Whether what npm installed is what the lock file asks for. */

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, peer?: boolean, link?: boolean, resolved?: string }} LockedPackage */

/**
 * True when every package of the lock file is installed in its version and nothing else is. Optional packages may be
 * missing: npm leaves out those of other platforms.
 * @param {string} lockText content of package-lock.json
 * @param {string | undefined} installedText content of node_modules/.package-lock.json, undefined when there is none
 * @returns {boolean}
 */
export function isInstallCurrent(lockText, installedText) {
  if (installedText === undefined) return false;
  const wanted = readPackages(lockText);
  const installed = readPackages(installedText);
  for (const [path, is] of installed) {
    const should = wanted.get(path);
    if (should === undefined || should.version !== is.version || should.integrity !== is.integrity) return false;
  }
  for (const [path, should] of wanted) {
    if (path.startsWith("node_modules/") && should.optional !== true && !installed.has(path)) return false;
  }
  return true;
}

/**
 * @param {string} text
 * @returns {Map<string, LockedPackage>}
 */
function readPackages(text) {
  try {
    return new Map(Object.entries(JSON.parse(text).packages ?? {}));
  } catch {
    return new Map();
  }
}

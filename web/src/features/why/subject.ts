/** The address a page is about, as its path says it. Pure. */

const PATH = "/why/";

/** What stands behind /why/, whatever somebody typed there; empty where no address is given. */
export function subjectOf(path: string): string {
  if (!path.startsWith(PATH)) return "";
  const text = path.slice(PATH.length);
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}

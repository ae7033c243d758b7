/** A browser and its system, from what it says of itself: for people, who know their own devices by it. Pure. */

const browsers: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bEdg(?:A|iOS)?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\bFirefox\/(\d+)/, "Firefox"],
  [/\bFxiOS\/(\d+)/, "Firefox"],
  [/\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/, "Chrome"],
  [/\bCriOS\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)[.\d]* (?:Mobile\/\S+ )?Safari\//, "Safari"],
];
const systems: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** `Firefox 140 · Linux`; undefined when it is no browser we know. */
export function readAgent(agent: string): string | undefined {
  const found = browsers.find(([pattern]) => pattern.test(agent));
  if (found === undefined) return undefined;
  const version = found[0].exec(agent)?.[1] ?? "";
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  return [`${found[1]} ${version}`, ...(system === undefined ? [] : [system])].join(" · ");
}

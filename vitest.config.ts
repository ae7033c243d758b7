/**
 * The test projects: `unit` beside the sources and pure suites (seconds); `system` with real parts, a host built of
 * namespaces each, several files at a time (minutes, root); `system-alone` those of them that judge time closely, one
 * after another; `e2e` the pages in a browser before all of it. `bench` is no part of `npm test`: figures that need a
 * quiet machine; nor is `soak`: an hour of everything.
 */
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

const source = { resolve: { conditions: ["source"] }, ssr: { resolve: { conditions: ["source"] } } };

/**
 * Those of `test/system` that judge time closely: how soon the PBX has its port back, how long a ban stops the process,
 * how many of a burst pass in a second. All others build what they need under names and ports of their own.
 */
const alone = ["test/system/{kernel-bans,kernel-steering,transparent-faults,office,scanners}.test.ts"];
/** Long runs of pure suites, beside those that mostly wait. */
const long = ["test/fuzz/**/*.test.ts", "test/properties/{sip-js,policy/any-traffic}.test.ts"];
const never = ["**/node_modules/**", "**/dist/**"];
const withRealParts = {
  environment: "node",
  setupFiles: "test/note-beginning.ts",
  globalSetup: "test/lab/prepare.ts",
  testTimeout: 180_000,
  // Time is judged on a machine that does other things too: what fails once is tried again, and the report says so.
  retry: 1,
  hookTimeout: 300_000,
};
const withBrowser = { ...withRealParts, globalSetup: ["test/lab/prepare.ts", "test/e2e/prepare.ts"] };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          environment: "node",
          include: [
            "{shared,proxy,control,web}/src/**/*.test.ts",
            "{scripts,test/bench}/*.test.mjs",
            "test/{corpus,properties}/**/*.test.ts",
          ],
          exclude: [...long, ...never],
          // Threads that keep what they loaded: half of the time went into loading the same libraries for each file.
          pool: "threads",
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        ...source,
        test: {
          ...withRealParts,
          name: "system",
          include: ["test/{system,lab}/**/*.test.ts", ...long],
          exclude: [...alone, ...never],
          // They wait more than they compute.
          maxWorkers: 4,
        },
      },
      { ...source, test: { ...withRealParts, name: "system-alone", include: alone, fileParallelism: false } },
      {
        ...source,
        test: {
          ...withBrowser,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          exclude: never,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      { ...source, test: { ...withBrowser, name: "bench", include: ["test/bench/**/*.test.ts"] } },
      { ...source, test: { ...withRealParts, retry: 0, name: "soak", include: ["test/soak/**/*.test.ts"] } },
      { ...source, test: { ...withBrowser, name: "screenshots", include: ["test/e2e/screenshots.ts"] } },
    ],
  },
});

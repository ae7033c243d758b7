/**
 * The test projects: `unit` beside the sources and pure suites (seconds); `system-parallel` with real parts of its own,
 * and long runs of pure ones, two files at a time; `system` one after another, where time is measured or a host is
 * built of namespaces (minutes, root); `e2e` the pages in a browser before all of it.
 */
import { defineConfig } from "vitest/config";

const source = { resolve: { conditions: ["source"] }, ssr: { resolve: { conditions: ["source"] } } };

/** Needs no quiet machine: no figure of time is judged closely, and nothing outside its own folder and ports is touched. */
const sideBySide = [
  "test/fuzz/**/*.test.ts",
  "test/properties/sip-js.test.ts",
  "test/system/{command-line,control-*,country-networks,redis-store}.test.ts",
  "test/system/kernel-{bridge,contract,session}.test.ts",
];
const never = ["**/node_modules/**", "**/dist/**"];

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          environment: "node",
          include: [
            "{shared,proxy,control,web}/src/**/*.test.ts",
            "scripts/*.test.mjs",
            "test/{corpus,properties}/**/*.test.ts",
          ],
          exclude: [...sideBySide, ...never],
          // Threads that keep what they loaded: half of the time went into loading the same libraries for each file.
          pool: "threads",
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        ...source,
        test: {
          name: "system-parallel",
          environment: "node",
          include: sideBySide,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
      {
        ...source,
        test: {
          name: "system",
          environment: "node",
          include: ["test/{system,lab}/**/*.test.ts"],
          exclude: [...sideBySide, ...never],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        ...source,
        test: {
          name: "e2e",
          environment: "node",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        ...source,
        test: {
          name: "screenshots",
          environment: "node",
          include: ["test/e2e/screenshots.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

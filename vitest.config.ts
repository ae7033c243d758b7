/**
 * The test projects: `unit` beside the sources and pure suites (seconds), `system` with the real parts
 * (minutes, root), `e2e` the pages in a browser before all of it.
 */
import { defineConfig } from "vitest/config";

const source = { resolve: { conditions: ["source"] }, ssr: { resolve: { conditions: ["source"] } } };

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          environment: "node",
          // Attacks on the control server take their time: they belong to the system tests.
          exclude: ["control/src/http.test.ts", "**/node_modules/**", "**/dist/**"],
          include: [
            "{shared,proxy,control,web}/src/**/*.test.ts",
            "scripts/*.test.mjs",
            "test/{corpus,properties,fuzz}/**/*.test.ts",
          ],
          testTimeout: 20_000,
        },
      },
      {
        ...source,
        test: {
          name: "system",
          environment: "node",
          include: ["test/{system,lab}/**/*.test.ts", "control/src/http.test.ts"],
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
    ],
  },
});

/**
 * A reporter for vitest that writes every result into a file at once, so that a run that is ended keeps what it had
 * shown. The file is that of TEST_JOURNAL; `test-summary.mjs` reads it. At TEST_UNTIL_MS it lets the run end: what is not
 * done by then is left out.
 */
import { appendFileSync } from "node:fs";

const { TEST_UNTIL_MS = "" } = process.env;

export default class TestJournal {
  /** @type {import("vitest/node").Vitest | undefined} */
  #vitest;

  /** @param {import("vitest/node").Vitest} vitest */
  onInit(vitest) {
    this.#vitest = vitest;
  }

  /** @param {readonly import("vitest/node").TestSpecification[]} specifications */
  onTestRunStart(specifications) {
    write({ run: specifications.map(({ moduleId }) => nameOf(moduleId)) });
    if (TEST_UNTIL_MS === "") return;
    const end = () => {
      write({ stopped: Date.now() });
      void this.#vitest?.cancelCurrentRun("keyboard-input");
    };
    // Only now is there a run that can be ended: what prepares it may take longer than it has.
    setTimeout(end, Math.max(0, Number(TEST_UNTIL_MS) - Date.now())).unref();
  }

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseReady(test) {
    write({ file: nameOf(test.module.moduleId), at: test.fullName });
  }

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    write({ file: nameOf(test.module.moduleId), test: test.fullName, state, why: errors?.[0]?.message });
  }

  /** @param {import("vitest/node").TestModule} module */
  onTestModuleEnd(module) {
    const errors = [module, ...module.children.allSuites()].flatMap((part) => part.errors());
    const { duration, prepareDuration, collectDuration, setupDuration, environmentSetupDuration } = module.diagnostic();
    const ms = duration + prepareDuration + collectDuration + setupDuration + environmentSetupDuration;
    write({ ended: nameOf(module.moduleId), state: module.state(), why: errors[0]?.message, ms });
  }

  /**
   * @param {readonly import("vitest/node").TestModule[]} _modules
   * @param {readonly { message?: string }[]} errors
   */
  onTestRunEnd(_modules, errors) {
    write({ end: errors.map(({ message }) => message ?? "an error without a message") });
  }
}

/** @param {import("./test-summary.mjs").JournalLine} line */
function write(line) {
  const { TEST_JOURNAL } = process.env;
  if (TEST_JOURNAL !== undefined) appendFileSync(TEST_JOURNAL, `${JSON.stringify(line)}\n`);
}

/** @param {string} path */
function nameOf(path) {
  return path.replace(`${process.cwd()}/`, "");
}

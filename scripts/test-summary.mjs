/** Adds up what vitest's JSON reporter says of several runs. */

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, problems: string[] }} RunSummary */

/**
 * Reads one report. A report that is missing or damaged counts as one failure: a run that crashed must never look green.
 * @param {string} name
 * @param {string | undefined} text
 * @returns {RunSummary}
 */
export function readReport(name, text) {
  try {
    const report = JSON.parse(text ?? "");
    const problems = [];
    let failedFiles = 0;
    for (const file of report.testResults) {
      for (const test of file.assertionResults) if (test.status === "failed") problems.push(test.fullName);
      // A file that could not be loaded has no tests to fail.
      if (
        file.status === "failed" &&
        !file.assertionResults.some((/** @type {any} */ one) => one.status === "failed")
      ) {
        failedFiles += 1;
        problems.push(`${file.name}: ${String(file.message).split("\n", 1)[0]}`);
      }
    }
    const failed = report.numFailedTests + failedFiles;
    return {
      name,
      passed: report.numPassedTests,
      failed: report.success || failed > 0 ? failed : 1,
      skipped: report.numPendingTests + report.numTodoTests,
      problems,
    };
  } catch {
    return { name, passed: 0, failed: 1, skipped: 0, problems: [`${name}: the run left no report`] };
  }
}

/**
 * The closing lines, the very last of which is `N passed, N failed`.
 * @param {RunSummary[]} runs
 * @returns {string[]}
 */
export function closeWith(runs) {
  const lines = runs.flatMap((run) => run.problems.map((problem) => `✗ ${problem}`));
  const skipped = sum(runs.map((run) => run.skipped));
  if (skipped > 0) lines.push(`${skipped} skipped`);
  lines.push(`${sum(runs.map((run) => run.passed))} passed, ${sum(runs.map((run) => run.failed))} failed`);
  return lines;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

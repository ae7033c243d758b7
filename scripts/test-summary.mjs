/** Reads the journals of test runs (`test-journal.mjs` writes them) and adds them up, ended runs and hung files included. */

/**
 * What one run showed; the files left out are those that were not done when its time was over.
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, problems: string[], leftOut: string[] }} RunSummary
 */
/** @typedef {{ run: string[] }} RunLine the files of the run */
/** @typedef {{ began: string, pid: number, atMs: number }} BeganLine a file, and the process that runs it */
/** @typedef {{ file: string, at: string }} AtLine the test a file is at */
/** @typedef {{ file: string, test: string, state: string, why?: string | undefined }} TestLine */
/** @typedef {{ ended: string, state: string, ms: number, why?: string | undefined }} EndedLine */
/** @typedef {{ stopped: number }} StoppedLine its time was over: what was not done then is left out */
/** @typedef {{ end: string[] }} EndLine errors that belong to no test */
/** @typedef {RunLine | BeganLine | AtLine | TestLine | EndedLine | StoppedLine | EndLine} JournalLine */
/**
 * What is known of a file; `isCut` when it was not done when the time of the run was over.
 * @typedef {{
 *   passed: number, skipped: number, problems: string[], at: string, isCut: boolean,
 *   began: BeganLine | undefined, ended: EndedLine | undefined,
 * }} FileRecord
 */

/**
 * What is known of each file, and the errors of the run; these are undefined until it ended by itself.
 * @param {string} text
 * @returns {{ files: Map<string, FileRecord>, errors: string[] | undefined }}
 */
export function readJournal(text) {
  /** @type {Map<string, FileRecord>} */
  const files = new Map();
  /** @type {string[] | undefined} */
  let errors;
  /** @param {string} name */
  const recordOf = (name) => {
    const record = files.get(name) ?? newRecord();
    files.set(name, record);
    return record;
  };
  for (const line of readLines(text)) {
    if ("run" in line) line.run.forEach(recordOf);
    else if ("began" in line) recordOf(line.began).began = line;
    else if ("at" in line) recordOf(line.file).at = line.at;
    else if ("test" in line) count(recordOf(line.file), line);
    else if ("ended" in line) recordOf(line.ended).ended = line;
    else if ("stopped" in line) for (const record of files.values()) record.isCut = record.ended === undefined;
    else errors = line.end;
  }
  return { files, errors };
}

/**
 * The sum of one run. What began and did not end, and what was never begun, counts as failed: a run that crashed or
 * was ended must never look green. Left out is only what a run that ended by itself had no time for, as it says.
 * @param {string} name
 * @param {string} text
 * @returns {RunSummary}
 */
export function summarize(name, text) {
  const { files, errors } = readJournal(text);
  const hasEnded = errors !== undefined;
  const problems = [...files].flatMap(([file, record]) => describeTroubles(file, record, hasEnded));
  problems.push(...(errors ?? []).map((error) => `${name}: ${firstLine(error)}`));
  if (files.size === 0) problems.push(`${name}: no test was found`);
  else if (!hasEnded) problems.push(`${name}: the run did not end by itself`);
  const records = [...files.values()];
  return {
    name,
    passed: sum(records.map(({ passed }) => passed)),
    failed: problems.length,
    skipped: sum(records.map(({ skipped }) => skipped)),
    problems,
    leftOut: [...files].flatMap(([file, { isCut }]) => (isCut && hasEnded ? [file] : [])),
  };
}

/**
 * The closing lines, the very last of which is `N passed, N failed`.
 * @param {RunSummary[]} runs
 * @returns {string[]}
 */
export function closeWith(runs) {
  const lines = runs.flatMap((run) => run.problems.map((problem) => `✗ ${problem}`));
  const leftOut = runs.flatMap((run) => run.leftOut);
  if (leftOut.length > 0) lines.push(`left out, for there was no time for all of them: ${leftOut.join(" ")}`);
  const skipped = sum(runs.map((run) => run.skipped));
  if (skipped > 0) lines.push(`${skipped} skipped`);
  lines.push(`${sum(runs.map((run) => run.passed))} passed, ${sum(runs.map((run) => run.failed))} failed`);
  return lines;
}

/** @returns {FileRecord} */
function newRecord() {
  return { passed: 0, skipped: 0, problems: [], at: "", isCut: false, began: undefined, ended: undefined };
}

/**
 * @param {string} text
 * @returns {JournalLine[]}
 */
function readLines(text) {
  // The last line may be half written.
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/**
 * @param {FileRecord} record
 * @param {TestLine} line
 */
function count(record, { test, state, why }) {
  record.at = "";
  if (state === "passed") record.passed += 1;
  // Pending is what waited for its file's preparation when the time was over.
  else if (state === "skipped" || (state === "pending" && record.isCut)) record.skipped += 1;
  else record.problems.push(`${test}: ${firstLine(why)}`);
}

/**
 * @param {string} file
 * @param {FileRecord} record
 * @param {boolean} hasEnded the run did, by itself
 * @returns {string[]}
 */
function describeTroubles(file, { problems, at, isCut, began, ended }, hasEnded) {
  const failed = problems.map((problem) => `${file}: ${problem}`);
  if (isCut && hasEnded) return failed;
  if (ended === undefined && began === undefined && failed.length === 0) return [`${file}: was not begun`];
  if (ended === undefined) return [...failed, `${file}: did not end${at === "" ? "" : `, it was at: ${at}`}`];
  // A file that could not be loaded, or whose preparation failed, has no tests to fail.
  if (ended.state === "failed" && failed.length === 0) return [`${file}: ${firstLine(ended.why)}`];
  return failed;
}

/** @param {string | undefined} text */
function firstLine(text) {
  return (text ?? "it failed").split("\n", 1)[0] ?? "";
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

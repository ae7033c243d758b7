/** What a benchmark started and made, taken away again at its end, also when it is interrupted. */

const steps = [];
let isClearing = false;

/** Remembers how something is taken away; the newest goes first. What is given takes it away at once. */
export function onEnd(step) {
  steps.push(step);
  return async () => {
    const at = steps.indexOf(step);
    if (at < 0) return;
    steps.splice(at, 1);
    await step();
  };
}

/** Takes everything away. What fails to go keeps nothing else from going. */
export async function clearAway() {
  if (isClearing) return;
  isClearing = true;
  for (const step of steps.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      console.error(`left behind: ${error.message}`);
    }
  }
  isClearing = false;
}

// Whoever is impatient leaves nothing behind either.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => clearAway().finally(() => process.exit(1)));
}

/** Ends a process by its id and waits until it is gone. */
export async function endProcess(child, signal = "SIGKILL") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(timer);
}

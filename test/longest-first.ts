/** The order of test files: those that take longest begin first, so that in the end no processor waits for one of them. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those that take half a minute and more, from the longest on; when the order is wrong a run only takes longer. */
const longest = [
  ...["kills", "kernel", "guessing", "faults-process", "lists", "cli-backup", "forged", "reload", "control-feed"],
  ...["redis", "innocents", "faults-store", "completion", "report", "update", "hostile", "faults-disk"],
].map((name) => `test/system/${name}.test.ts`);
/** In a browser: what everybody does every day, then what waits for things broken on purpose, then the rest. */
const everyDay = ["lists", "accounts", "dashboard", "settings", "events", "dynamic-list", "broken", "hosts"].map(
  (name) => `test/e2e/${name}.test.ts`,
);
const first = [...longest, ...everyDay];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const places = new Map(files.map((file) => [file, first.findIndex((name) => file.moduleId.endsWith(`/${name}`))]));
    const placeOf = (file: TestSpecification) => {
      const place = places.get(file) ?? -1;
      return place < 0 ? first.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

/** `npm run surface`: writes anew what other programs build on, kept in the repository to be reviewed; with `--check` says what differs. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateDtsBundle } from "dts-bundle-generator";
import ts from "typescript";
import { describeProcedures } from "../control/dist/api/openapi/document.js";
import { version } from "../control/dist/version.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** @type {ReadonlyArray<{ readonly file: string, readonly make: () => string }>} */
const surfaces = [
  { file: "docs/openapi.json", make: describeApi },
  { file: "control/src/client/sipprot-client.d.ts", make: rollUpClientTypes },
];

const clientTypesHeader = `/**
 * The types of @sipprot/client, made from the server's procedures by: npm run surface
 *
 * Those of a tRPC client are from @trpc/client, MIT licence, © Alex Johansson.
 */`;

const differing = surfaces.filter(({ file, make }) => {
  const text = format(file, make());
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  return true;
});
for (const { file } of differing) process.stdout.write(`${file} is not what the code gives\n`);
if (differing.length > 0 && process.argv.includes("--check")) {
  process.stdout.write("renew with: npm run surface, and review what changed for other programs\n");
  process.exitCode = 1;
}

/**
 * All types of the client in one file that names only its published dependencies. Those of \@trpc/client it uses are
 * taken in: the rest of them want a browser's types, which a program on a server does not have.
 */
function rollUpClientTypes() {
  const libraries = { inlinedLibraries: ["@trpc/client"] };
  const output = { noBanner: true, exportReferencedTypes: false };
  const [text] = generateDtsBundle([{ filePath: "control/src/client/dist/index.d.ts", libraries, output }], {
    preferredConfigPath: "control/src/client/rollup.tsconfig.json",
  });
  return `${clientTypesHeader}\n${sortLiterals(sortMembers(text))}`;
}

/** The same document as the control server gives. */
function describeApi() {
  return JSON.stringify(describeProcedures(version));
}

/** The compiler writes a union of texts in the order in which it met them, which is another one in every build. */
function sortLiterals(text = "") {
  return text.replaceAll(/"[^"\n]*"(?: \| "[^"\n]*")+/g, (union) => union.split(" | ").sort().join(" | "));
}

/** Nor are the properties of an inferred type in the same order in every build; it says nothing to who uses them. */
function sortMembers(text = "") {
  const source = ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest, true);
  const nameOf = (/** @type {import("typescript").TypeElement} */ member) => member.name?.getText(source) ?? "";
  const { transformed } = ts.transform(source, [
    (context) => (file) => {
      /** @type {import("typescript").Visitor} */
      const visit = (node) => {
        const visited = ts.visitEachChild(node, visit, context);
        if (!ts.isTypeLiteralNode(node) || !ts.isTypeLiteralNode(visited)) return visited;
        if (!node.members.every(ts.isPropertySignature)) return visited;
        const named = visited.members.map((member, index) => ({ member, name: nameOf(node.members[index] ?? member) }));
        named.sort((one, other) => (one.name < other.name ? -1 : 1));
        return ts.factory.updateTypeLiteralNode(visited, ts.factory.createNodeArray(named.map(({ member }) => member)));
      };
      return ts.visitEachChild(file, visit, context);
    },
  ]);
  const [sorted = source] = transformed;
  return ts.createPrinter({ removeComments: false }).printFile(sorted);
}

/** @param {string} file @param {string} text */
function format(file, text) {
  const biome = fileURLToPath(import.meta.resolve("@biomejs/biome/bin/biome"));
  const run = spawnSync(process.execPath, [biome, "format", `--stdin-file-path=${file}`], {
    input: text,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`${file} cannot be formatted: ${run.stderr}`);
  return run.stdout;
}

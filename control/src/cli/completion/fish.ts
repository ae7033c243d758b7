/** Completion for fish: the tables as functions that print what may follow. */
import type { Offer } from "../offers.ts";
import type { CommandNode, OptionNode } from "./tree.ts";

const walker = `function __sipprot_complete
  set -l typed (commandline -opc)
  set -e typed[1]
  set -l at ''
  set -l nth 0
  set -l before ''
  set -l pending ''
  set -l child
  for word in $typed
    if test -n "$pending"
      set pending ''
      continue
    end
    switch $word
      case '--*=*'
      case '-*'
        if __sipprot_option "$at" $word > /dev/null
          set pending $word
        end
      case '*'
        if set child (__sipprot_child "$at" $word)
          set at $child
        else
          set nth (math $nth + 1)
          set before $word
        end
    end
  end
  set -l current (commandline -ct)
  if test -n "$pending"
    __sipprot_option "$at" $pending
  else if string match -q -- '--*=*' $current
    set -l name (string replace -r '=.*' '' -- $current)
    __sipprot_option "$at" $name | string replace -r -- '^' "$name="
  else if string match -q -- '-*' $current
    __sipprot_options "$at"
  else
    __sipprot_argument "$at" $nth "$before"
  end
end
complete -c sipprot -f -a '(__sipprot_complete)'
`;

export function writeFish(nodes: readonly CommandNode[]): string {
  return [
    "# Completion of sipprot for fish. Made by: sipprot completion fish",
    "",
    ...writeFunction("__sipprot_child", "$argv[1] $argv[2]", nodes.flatMap(childCases)),
    ...writeFunction("__sipprot_option", "$argv[1] $argv[2]", nodes.flatMap(optionCases)),
    ...writeFunction("__sipprot_options", "$argv[1]", nodes.flatMap(optionsCases), [printWords(listGlobal(nodes))]),
    ...writeFunction("__sipprot_argument", "$argv[1] $argv[2]", nodes.flatMap(argumentCases)),
    walker,
  ].join("\n");
}

function writeFunction(
  name: string,
  word: string,
  cases: readonly string[][],
  after: readonly string[] = [],
): string[] {
  return [
    `function ${name}`,
    `  switch "${word}"`,
    ...cases.flatMap(([pattern = "", ...body]) => [`    case ${pattern}`, ...body.map((line) => `      ${line}`)]),
    ...(after.length === 0 ? ["    case '*'", "      return 1"] : []),
    "  end",
    ...after.map((line) => `  ${line}`),
    "end",
    "",
  ];
}

function childCases({ path, steps }: CommandNode): string[][] {
  return [...steps].map(([word, child]) => [quote(`${path} ${word}`), `echo ${quote(child)}`]);
}

function optionCases({ path, options }: CommandNode): string[][] {
  return options
    .filter((option) => option.takesValue)
    .map(({ flags, offer }) => [
      flags.map((flag) => quote(path === "" ? `* ${flag}` : `${path} ${flag}`)).join(" "),
      ...printOffer(offer),
    ]);
}

function optionsCases({ path, options }: CommandNode): string[][] {
  return path === "" || options.length === 0 ? [] : [[quote(path), printWords(listOptions(options))]];
}

function listGlobal(nodes: readonly CommandNode[]): string[] {
  return [...listOptions(nodes[0]?.options ?? []), "--help\tshow help"];
}

function listOptions(options: readonly OptionNode[]): string[] {
  return options.map(({ flags, description }) => `${flags.at(-1) ?? ""}\t${description}`);
}

function argumentCases({ path, commands, arguments: places }: CommandNode): string[][] {
  if (commands.length > 0) {
    return [[quote(`${path} 0`), printWords(commands.map(({ word, description }) => `${word}\t${description}`))]];
  }
  return places.map(({ offer, isLast }, index) => [
    quote(isLast ? `${path} *` : `${path} ${index}`),
    ...printOffer(offer),
  ]);
}

function printOffer(offer: Offer | undefined): string[] {
  switch (offer?.kind) {
    case undefined:
      return ["true"];
    case "files":
      return ["__fish_complete_path (commandline -ct)"];
    case "words":
      return [printWords(offer.words)];
    case "after":
      return [
        "switch $argv[3]",
        ...Object.entries(offer.words).flatMap(([word, words]) => [
          `  case ${quote(word)}`,
          `    ${printWords(words)}`,
        ]),
        "end",
      ];
  }
}

function printWords(words: readonly string[]): string {
  return `printf '%s\\n' ${words.map(quote).join(" ")}`;
}

/** Between single quotes fish reads only these two escapes. */
function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

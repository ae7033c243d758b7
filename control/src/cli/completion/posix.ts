/** Completion for bash and zsh: the same tables as functions both understand, and a few lines of each shell's own. */
import type { Offer } from "../offers.ts";
import type { CommandNode, OptionNode } from "./tree.ts";

/** Which words were typed so far: the command (`at`), its arguments (`nth`, `before`), an option that wants a value. */
const walker = `__sipprot_walk() {
  at='' nth=0 before='' pending=''
  local word child
  for word in "$@"; do
    if [ -n "$pending" ]; then
      pending=''
      continue
    fi
    case "$word" in
      --*=*) ;;
      -*) if __sipprot_option "$at" "$word"; then pending=$word; fi ;;
      *)
        if __sipprot_child "$at" "$word"; then
          at=$child
        else
          nth=$((nth + 1))
          before=$word
        fi
        ;;
    esac
  done
  entries='' files=''
}
`;

const bash = `_sipprot() {
  local at nth before pending entries files cur line head
  local -a typed
  # The line is split here: bash itself would also split at the colons of file:/// and of addresses.
  line=\${COMP_LINE:0:COMP_POINT}
  read -ra typed <<< "$line"
  while ((\${#typed[@]} > 0)) && [[ \${typed[0]} != "\${COMP_WORDS[0]}" ]]; do typed=("\${typed[@]:1}"); done
  ((\${#typed[@]} > 0)) || return
  cur=''
  if [[ $line != *[[:space:]] ]]; then
    ((\${#typed[@]} > 1)) || return
    cur=\${typed[\${#typed[@]} - 1]}
    typed=("\${typed[@]:0:\${#typed[@]} - 1}")
  fi
  COMPREPLY=()
  __sipprot_walk "\${typed[@]:1}"
  if [[ -n $pending ]]; then
    __sipprot_option "$at" "$pending"
  elif [[ $cur == --*=* ]]; then
    __sipprot_option "$at" "\${cur%%=*}" || return
    cur=\${cur#*=}
  elif [[ $cur == -* ]]; then
    __sipprot_options "$at"
  else
    __sipprot_argument "$at" "$nth" "$before"
  fi
  if [[ -n $files ]]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
  else
    while IFS= read -r line; do
      line=\${line%%$'\\t'*}
      [[ -n $line && $line == "$cur"* ]] && COMPREPLY+=("$line")
    done <<< "$entries"
  fi
  if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
    head=\${cur%"\${cur##*:}"}
    COMPREPLY=("\${COMPREPLY[@]#"$head"}")
  fi
}
complete -F _sipprot sipprot
`;

const zsh = `_sipprot() {
  local at nth before pending entries files line cur=$words[CURRENT]
  local -a offered
  __sipprot_walk "\${(@)words[2,CURRENT-1]}"
  if [[ -n $pending ]]; then
    __sipprot_option "$at" "$pending"
  elif [[ $cur == --*=* ]]; then
    __sipprot_option "$at" "\${cur%%=*}" || return 1
    compset -P '*='
  elif [[ $cur == -* ]]; then
    __sipprot_options "$at"
  else
    __sipprot_argument "$at" "$nth" "$before"
  fi
  if [[ -n $files ]]; then
    _files
    return
  fi
  for line in \${(f)entries}; do
    [[ -n $line ]] && offered+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe 'sipprot' offered
}
if [[ $funcstack[1] == _sipprot ]]; then _sipprot "$@"; else compdef _sipprot sipprot; fi
`;

export function writeBash(nodes: readonly CommandNode[]): string {
  return `# Completion of sipprot for bash. Made by: sipprot completion bash\n\n${writeTables(nodes)}\n${walker}\n${bash}`;
}

export function writeZsh(nodes: readonly CommandNode[]): string {
  return `#compdef sipprot\n# Completion of sipprot for zsh. Made by: sipprot completion zsh\n\n${writeTables(nodes)}\n${walker}\n${zsh}`;
}

function writeTables(nodes: readonly CommandNode[]): string {
  return [
    "# The command a word leads to.",
    ...writeFunction("__sipprot_child", '"$1 $2"', nodes.flatMap(childCases)),
    "# What an option takes; false when it takes nothing.",
    ...writeFunction("__sipprot_option", '"$1 $2"', nodes.flatMap(optionCases)),
    "# The options of a command.",
    ...writeFunction("__sipprot_options", '"$1"', nodes.flatMap(optionsCases), [
      `entries+=${quote(listGlobal(nodes))}`,
    ]),
    "# What may stand at a place.",
    ...writeFunction("__sipprot_argument", '"$1 $2"', nodes.flatMap(argumentCases)),
  ].join("\n");
}

function writeFunction(name: string, word: string, cases: readonly string[], after: readonly string[] = []): string[] {
  const lines = cases.map((one) => `    ${one} ;;`);
  // What a table lists entirely needs no exit code.
  const otherwise = after.length === 0 ? ["    *) return 1 ;;"] : [];
  const reset = name === "__sipprot_child" ? [] : ["  entries='' files=''"];
  return [
    `${name}() {`,
    ...reset,
    `  case ${word} in`,
    ...lines,
    ...otherwise,
    "  esac",
    ...after.map((line) => `  ${line}`),
    "}",
    "",
  ];
}

function childCases({ path, steps }: CommandNode): string[] {
  return [...steps].map(([word, child]) => `${quote(`${path} ${word}`)}) child=${quote(child)}`);
}

function optionCases({ path, options }: CommandNode): string[] {
  return options
    .filter((option) => option.takesValue)
    .map(({ flags, offer }) => {
      // The program's own options may stand anywhere.
      const patterns = flags.map((flag) => (path === "" ? `*${quote(` ${flag}`)}` : quote(`${path} ${flag}`)));
      return `${patterns.join(" | ")}) ${writeOffer(offer)}`;
    });
}

function optionsCases({ path, options }: CommandNode): string[] {
  return path === "" || options.length === 0 ? [] : [`${quote(path)}) entries=${quote(listOptions(options))}`];
}

function listGlobal(nodes: readonly CommandNode[]): string {
  return listOptions([
    ...(nodes[0]?.options ?? []),
    { flags: ["--help"], description: "show help", takesValue: false, offer: undefined },
  ]);
}

/** The long spelling says more, and is enough to choose from. */
function listOptions(options: readonly OptionNode[]): string {
  return options.map(({ flags, description }) => `${flags.at(-1) ?? ""}\t${description}\n`).join("");
}

function argumentCases({ path, commands, arguments: places }: CommandNode): string[] {
  if (commands.length > 0) {
    const entries = commands.map(({ word, description }) => `${word}\t${description}\n`).join("");
    return [`${quote(`${path} 0`)}) entries=${quote(entries)}`];
  }
  return places.map(({ offer, isLast }, index) => {
    const pattern = isLast ? `${quote(`${path} `)}*` : quote(`${path} ${index}`);
    return `${pattern}) ${writeOffer(offer, '"$3"')}`;
  });
}

/** Sets what is offered; `before` is how the shell spells the word before. */
function writeOffer(offer: Offer | undefined, before = "''"): string {
  switch (offer?.kind) {
    case undefined:
      return ":";
    case "files":
      return "files=1";
    case "words":
      return `entries=${quote(offer.words.map((word) => `${word}\t\n`).join(""))}`;
    case "after": {
      const cases = Object.entries(offer.words).map(
        ([word, words]) => `${quote(word)}) entries=${quote(words.map((one) => `${one}\t\n`).join(""))} ;;`,
      );
      return `case ${before} in ${cases.join(" ")} esac`;
    }
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

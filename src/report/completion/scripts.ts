/** A command as completion sees it. */
export interface CommandTree {
  /** Words that lead to it, joined by blanks; empty for the program itself. */
  path: string;
  commands: CommandTree[];
  options: { flags: string[]; takesValue: boolean; description: string }[];
  /** What its argument is, where that can be completed. */
  argument: "tag" | "code" | "shell" | null;
}

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** Names that the package installs the command under. */
const NAMES = ["evidence", "spec-evidence"];

/** Prints the known tags, one a line; silent where there is no manifest. */
const TAGS_COMMAND = "completion tags 2>/dev/null";

/** The script for a shell; `codes` are the finding codes. All words come from the program, none from an input. */
export function completionScript(shell: Shell, program: CommandTree, codes: readonly string[]): string {
  const commands = flatten(program);
  if (shell === "fish") return fishScript(program, codes);
  return shell === "bash" ? bashScript(commands, codes) : zshScript(commands, codes);
}

function flatten(command: CommandTree): CommandTree[] {
  return [command, ...command.commands.flatMap(flatten)];
}

const lastWord = ({ path }: CommandTree): string => path.slice(path.lastIndexOf(" ") + 1);

/** Rows of a `case` that finds the command: "parent word" → path. */
function steps(commands: readonly CommandTree[]): string[] {
  return commands.flatMap((parent) =>
    parent.commands.map((each) => `    "${parent.path} ${lastWord(each)}") place="${each.path}" ;;`),
  );
}

/** Rows of a `case` that gives the words of each command and what its argument is. */
function words(commands: readonly CommandTree[], codes: readonly string[]): string[] {
  return commands.map((each) => {
    const listed = [...each.commands.map(lastWord), ...each.options.flatMap(({ flags }) => flags)];
    if (each.argument === "code") listed.push(...codes);
    if (each.argument === "shell") listed.push(...SHELLS);
    const tags = each.argument === "tag" ? " tags=yes" : "";
    return `    "${each.path}") list="${listed.join(" ")}"${tags} ;;`;
  });
}

/** Options that are followed by a value, as a pattern of `case`. */
function valued(commands: readonly CommandTree[]): string {
  const flags = commands.flatMap(({ options }) =>
    options.filter((each) => each.takesValue).flatMap((each) => each.flags),
  );
  return [...new Set(flags)].sort().join("|");
}

function bashScript(commands: readonly CommandTree[], codes: readonly string[]): string {
  return `# Completion of evidence for bash: source it, or keep it below bash-completion's folder.
_evidence() {
  local current=\${COMP_WORDS[COMP_CWORD]} place="" list="" tags="" word at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case "$word" in
    ${valued(commands)})
      ((at + 1 == COMP_CWORD)) && return
      ((at++))
      continue ;;
    esac
    case "$place $word" in
${steps(commands).join("\n")}
    esac
  done
  case "$place" in
${words(commands, codes).join("\n")}
  esac
  for word in $list; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$word")
  done
  [[ -n $tags ]] || return 0
  while IFS= read -r word; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$word")
  done < <("\${COMP_WORDS[0]}" ${TAGS_COMMAND})
  return 0
}
complete -o default -F _evidence ${NAMES.join(" ")}
`;
}

function zshScript(commands: readonly CommandTree[], codes: readonly string[]): string {
  return `#compdef ${NAMES.join(" ")}
# Completion of evidence for zsh: put it into a folder of fpath as _evidence, or source it after compinit.
_evidence() {
  local place="" list="" tags="" word at
  for ((at = 2; at < CURRENT; at++)); do
    word=\${words[at]}
    case "$word" in
    ${valued(commands)})
      ((at + 1 == CURRENT)) && { _files; return }
      ((at++))
      continue ;;
    esac
    case "$place $word" in
${steps(commands).join("\n")}
    esac
  done
  case "$place" in
${words(commands, codes).join("\n")}
  esac
  compadd -- \${=list}
  [[ -n $tags ]] && compadd -- \${(f)"$("\${words[1]}" ${TAGS_COMMAND})"}
  _files
}
if [[ \${funcstack[1]} == _evidence ]]; then _evidence "$@"; else compdef _evidence ${NAMES.join(" ")}; fi
`;
}

function fishScript(program: CommandTree, codes: readonly string[]): string {
  const rows = (name: string) =>
    flatten(program).flatMap((each) => {
      const inside = each.commands.map(lastWord);
      const seen = each.path
        .split(" ")
        .filter((word) => word !== "")
        .map((word) => `__fish_seen_subcommand_from ${word}`);
      const open = inside.length === 0 ? [] : [`not __fish_seen_subcommand_from ${inside.join(" ")}`];
      const when = [...seen, ...open].join("; and ") || "true";
      const lead = `complete -c ${name} -n "${when}"`;
      const argument = argumentsOf(each, codes);
      return [
        ...(inside.length === 0 ? [] : [`${lead} -f -a "${inside.join(" ")}"`]),
        ...(argument === null ? [] : [`${lead} -f -a "${argument}"`]),
        ...each.options.map(({ flags, takesValue, description }) => {
          const named = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
          return `${lead} ${named.join(" ")}${takesValue ? " -r" : ""} -d ${quoted(description)}`;
        }),
      ];
    });
  return `# Completion of evidence for fish: keep it as ~/.config/fish/completions/evidence.fish.\n${NAMES.flatMap(rows).join("\n")}\n`;
}

function argumentsOf({ argument }: CommandTree, codes: readonly string[]): string | null {
  if (argument === "tag") return `(evidence ${TAGS_COMMAND})`;
  if (argument === "code") return codes.join(" ");
  return argument === "shell" ? SHELLS.join(" ") : null;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\\\']/g, "\\\\$&")}'`;
}

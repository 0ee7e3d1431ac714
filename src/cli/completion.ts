// `segmentql completion`: scripts for a shell's completion of commands and options, generated from the commands.
import type { Command } from "commander";

const completionShells = ["bash", "zsh", "fish"] as const;
export type CompletionShell = (typeof completionShells)[number];

interface CommandWords {
  /** The words of the command: empty for the program itself, `segment list` for a subcommand. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly { readonly name: string; readonly about: string }[];
}

/** The script, which a shell reads when it starts. */
export function completionScript(program: Command, shell: CompletionShell): string {
  return scripts[shell](commandWords(program));
}

function commandWords(
  command: Command,
  path = "",
  inherited: CommandWords["options"] = [],
): readonly CommandWords[] {
  const subcommands = command.commands.filter((each) => !(each as Command & { _hidden?: boolean })._hidden);
  const own = command.options.flatMap(({ long, description }) =>
    long == null ? [] : [{ name: long, about: description }],
  );
  const options = [...own, ...inherited];
  return [
    {
      path,
      options,
      commands: subcommands.map((each) => ({ name: each.name(), about: each.description() })),
    },
    ...subcommands.flatMap((each) => commandWords(each, `${path} ${each.name()}`.trim(), options)),
  ];
}

const scripts: Readonly<Record<CompletionShell, (commands: readonly CommandWords[]) => string>> = {
  bash: (commands) => `# segmentql completion for bash: source <(segmentql completion bash)
_segmentql() {
  local word=\${COMP_WORDS[COMP_CWORD]} path="" index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$path \${COMP_WORDS[index]}" in
${paths(commands)
  .map((path) => `      " ${path}"|"${path}") path="${path}" ;;`)
  .join("\n")}
    esac
  done
  case "$path" in
${commands
  .map(({ path, commands: inside, options }) => {
    const names = [...inside, ...options].map(({ name }) => name).join(" ");
    return `    "${path}") COMPREPLY=($(compgen -W "${names}" -- "$word")) ;;`;
  })
  .join("\n")}
  esac
}
complete -o default -F _segmentql segmentql
`,
  zsh: (commands) => `#compdef segmentql
# segmentql completion for zsh: source <(segmentql completion zsh)
_segmentql() {
  local path="" index
  for ((index = 2; index < CURRENT; index++)); do
    case "$path \${words[index]}" in
${paths(commands)
  .map((path) => `      " ${path}"|"${path}") path="${path}" ;;`)
  .join("\n")}
    esac
  done
  local -a offers
  case "$path" in
${commands
  .map(({ path, commands: inside, options }) => {
    const offers = [...inside, ...options].map(({ name, about }) => quoted(`${name}:${about}`)).join(" ");
    return `    "${path}") offers=(${offers}) ;;`;
  })
  .join("\n")}
  esac
  _describe segmentql offers
}
compdef _segmentql segmentql
`,
  fish: (commands) => `# segmentql completion for fish: segmentql completion fish | source
${commands
  .flatMap(({ path, commands: inside, options }) => {
    // Every word of the path: `list` alone is a command of segments, webhooks and others.
    const seen = path.split(" ").map((word) => `__fish_seen_subcommand_from ${word}`);
    const when = path === "" ? "__fish_use_subcommand" : seen.join("; and ");
    return [
      ...inside.map(
        ({ name, about }) => `complete -c segmentql -n ${quoted(when)} -a ${name} -d ${quoted(about)}`,
      ),
      ...options.map(
        ({ name, about }) =>
          `complete -c segmentql${path === "" ? "" : ` -n ${quoted(when)}`} -l ${name.slice(2)} -d ${quoted(about)}`,
      ),
    ];
  })
  .join("\n")}
`,
};

function paths(commands: readonly CommandWords[]): readonly string[] {
  return commands.map(({ path }) => path).filter((path) => path !== "");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// The code blocks of a page of docs/, and the commands in them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The blocks of a page of a language: the text after it, and the content. */
export function blocksOf(page: string, language: string): readonly (readonly [name: string, text: string])[] {
  const text = readFileSync(fileURLToPath(new URL(`../../docs/${page}`, import.meta.url)), "utf8");
  const pattern = new RegExp(`^\`\`\`${language} ?(\\S*)\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  return [...text.matchAll(pattern)].map(([, name, content]) => [name!, content!]);
}

/** The commands of a page, each as words without `segmentql`, with what is printed below it. */
export function commandsOf(page: string): readonly (readonly [words: readonly string[], printed: string])[] {
  return blocksOf(page, "console").flatMap(([, text]) =>
    text
      .split(/^\$ segmentql /m)
      .slice(1)
      .map((part) => {
        const [command, ...printed] = part.split("\n");
        return [wordsOf(command!), printed.join("\n")] as const;
      }),
  );
}

/** The words of a command as a shell has them, without variables. */
function wordsOf(command: string): readonly string[] {
  return (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

/** What a command is to print, from its first character to its last; an ellipsis is a word that differs each time. */
export function printedPattern(printed: string): RegExp {
  const parts = printed.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("\\S+")}$`);
}

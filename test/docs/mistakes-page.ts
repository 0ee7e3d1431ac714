// Makes docs/mistakes.md: what people type, and what is offered for it.
import { acceptMends } from "../check/accept-mends.js";
import { type CommonMistake, commonMistakes } from "../check/common-mistakes.js";
import { checkMarketer } from "../check/marketer-world.js";

/** The page's text. */
export function mistakesPage(): string {
  return `${[
    "# Usual mistakes",
    "What marketers and people who know SQL type, and what `segmentql check` offers for it. Each mend is checked before it is offered: it parses, it checks, and it does not turn the sentence into its opposite. An error has to be mended; with a warning the query is answered as it stands.",
    "The shop has the metadata `age` and `score` (numbers), `vip` (true/false), `plan` and `gender` (texts), `tags` (a list of texts) and `renewal` (a date), the events `login`, `checkout`, `page viewed` and others, and the segment `VIP`. This page is made from the code by `npm run docs`.",
    ...Object.entries(commonMistakes).map(([title, mistakes]) => section(title, mistakes)),
  ].join("\n\n")}\n`;
}

function section(title: string, mistakes: readonly CommonMistake[]): string {
  const rows = mistakes.map(([written]) => {
    const [first] = checkMarketer(written).diagnostics;
    const kind = first === undefined ? "right as it is" : first.severity.toLowerCase();
    const { text, rounds } = acceptMends(written, checkMarketer);
    return `| ${code(written)} | ${kind} | ${rounds === 0 ? "" : code(text)} |`;
  });
  return [`## ${title}`, "", "| typed | reported as | offered |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A query as a cell of a table has it. */
function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence}`;
}

// Another value, event or segment: those of the data, or of the language, that begin with what is typed.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { readValues } from "../data/values.js";
import { strings } from "../en.js";
import type { FoundValue, Suggestion } from "../language/protocol.js";
import { formatCount } from "../parts/format.js";
import { useProject } from "../shell/project.js";
import { OptionList } from "./OptionList.js";
import type { ControlProps } from "./props.js";

const most = 60;

/** The list of values, with how often the data has each. */
export function ValueControl({ text, part, asOf, onEdit }: ControlProps): ReactNode {
  const { language } = useProject();
  const [search, setSearch] = useState("");
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const [found, setFound] = useState<readonly FoundValue[]>([]);
  const newest = useRef(0);
  useEffect(() => {
    newest.current += 1;
    const turn = newest.current;
    const cut = `${text.slice(0, part.from)}${search}${text.slice(part.to)}`;
    const cursor = part.from + search.length;
    async function read(): Promise<void> {
      const wanted = await language.wantedValues(cut, cursor);
      const values = wanted === undefined ? [] : await readValues(wanted, most);
      const all = await language.suggest(cut, cursor, asOf, most, values);
      if (newest.current !== turn) return;
      setFound(values);
      setSuggestions(
        all.filter(({ kind, replace }) => isFitting(part.control, kind) && replace.start <= part.from),
      );
    }
    read().catch(() => setSuggestions([]));
  }, [language, text, part, search, asOf]);
  const counts = new Map(found.map(({ value, count }) => [value, count]));
  const isKnown = suggestions.some(({ label }) => label.toLowerCase() === search.trim().toLowerCase());
  const free = search.trim() === "" || isKnown || part.role !== "value" ? [] : [search.trim()];
  const options = [
    ...suggestions.map(({ label, documentation }) => {
      const count = counts.get(label);
      return { key: label, label, detail: count === undefined ? documentation : formatCount(count) };
    }),
    ...free.map((typed) => ({ key: `free ${typed}`, label: strings.part.use(typed) })),
  ];
  return (
    <OptionList
      label={part.role === "value" ? strings.part.searchValues : strings.part.search}
      search={search}
      onSearch={setSearch}
      options={options}
      onTake={(key) => {
        const suggestion = suggestions.find(({ label }) => label === key);
        const insert = suggestion?.insert.trim() ?? quotedValue(search.trim());
        onEdit({ from: part.from, to: part.to, insert });
      }}
    />
  );
}

function isFitting(control: ControlProps["part"]["control"], kind: Suggestion["kind"]): boolean {
  return control.kind !== "suggest" || control.kinds.includes(kind);
}

/** In quotes, any text is a value. */
function quotedValue(text: string): string {
  return /^[\p{L}\p{N}_.@-]+$/u.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}

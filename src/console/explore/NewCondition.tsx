// The list of what a new condition can be about: attributes and events.
import { type ReactNode, useEffect, useState } from "react";
import { OptionList } from "../controls/OptionList.js";
import { strings } from "../en.js";
import type { Suggestion } from "../language/protocol.js";
import { columnLabel } from "../parts/labels.js";
import { useProject } from "../shell/project.js";

const most = 80;

interface Props {
  readonly asOf: number;
  readonly onTake: (name: string) => void;
}

/** Attributes that begin with what is typed, and events. */
export function NewCondition({ asOf, onTake }: Props): ReactNode {
  const { language, names } = useProject();
  const [search, setSearch] = useState("");
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    let isOver = false;
    language.suggest(search, search.length, asOf, most, []).then(
      (found) => isOver || setSuggestions(found.filter(({ kind }) => kind === "ATTRIBUTE")),
      () => isOver || setSuggestions([]),
    );
    return () => {
      isOver = true;
    };
  }, [language, search, asOf]);
  const events = ["order", ...names.events.map(({ name }) => name)].filter((name) =>
    name.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const options = [
    ...suggestions.map(({ insert, label }) => ({
      key: insert.trim(),
      label: columnLabel(label),
      detail: label,
    })),
    ...events.map((name) => ({ key: `event ${name}`, label: name, detail: strings.form.event })),
  ];
  return (
    <OptionList
      label={strings.part.search}
      search={search}
      onSearch={setSearch}
      options={options}
      onTake={(key) => onTake(key.startsWith("event ") ? key.slice("event ".length) : key)}
    />
  );
}

// Another operator, or another attribute, with the changes after it that this requires.
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { strings } from "../en.js";
import type { Choice } from "../language/protocol.js";
import { columnLabel } from "../parts/labels.js";
import { useProject } from "../shell/project.js";
import { OptionList } from "./OptionList.js";
import type { ControlProps } from "./props.js";
import { ValueControl } from "./ValueControl.js";

/** The list of alternatives. */
export function ChoiceControl(props: ControlProps): ReactNode {
  const { text, part, onEdit } = props;
  const { language } = useProject();
  const [choices, setChoices] = useState<readonly Choice[]>();
  const [search, setSearch] = useState("");
  useEffect(() => {
    let isOver = false;
    language.choices(text, part).then(
      (found) => isOver || setChoices(found),
      () => isOver || setChoices([]),
    );
    return () => {
      isOver = true;
    };
  }, [language, text, part]);
  const isAttribute = part.role === "attribute";
  const options = useMemo(
    () =>
      (choices ?? [])
        .map(({ label, documentation }) => ({
          key: label,
          label: isAttribute ? columnLabel(label) : label,
          detail: isAttribute ? label : documentation,
        }))
        .filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(search.toLowerCase())),
    [choices, search, isAttribute],
  );
  // A part that is alone, as a true/false attribute, has no comparison to keep.
  if (choices?.length === 0) return <ValueControl {...props} />;
  return (
    <OptionList
      label={strings.part.search}
      search={search}
      onSearch={setSearch}
      options={options}
      onTake={(key) => {
        const choice = choices?.find(({ label }) => label === key);
        if (choice !== undefined) onEdit(choice.edit, choice.missingAt);
      }}
    />
  );
}

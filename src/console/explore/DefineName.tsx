// The form that defines a name of the sentence that the project does not know, filled in from the sentence and from the data.
import { type FormEvent, type ReactNode, useState } from "react";
import { useAnswer } from "../data/answer.js";
import { defineName } from "../data/define.js";
import { type PropertyType, UndefinedNamesDocument } from "../data/generated.js";
import type { UndefinedName } from "../data/undefined-names.js";
import { strings } from "../en.js";
import { formatCount } from "../parts/format.js";
import { Sheet } from "../parts/overlays.js";
import { TypeSelect } from "../parts/TypeSelect.js";
import { useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";

interface Props {
  readonly missing: UndefinedName;
  readonly onClose: () => void;
}

/** The dialog; it closes once the name is defined. */
export function DefineName({ missing, onClose }: Props): ReactNode {
  const { names, refresh } = useProject();
  const [name, setName] = useState(missing.name);
  const [event, setEvent] = useState(missing.event);
  const [chosen, setChosen] = useState<PropertyType>();
  const { data } = useAnswer(UndefinedNamesDocument, {});
  const inData = data?.project.undefinedNames.filter(({ kind }) => kind === missing.kind) ?? [];
  const found = inData.find(
    (each) => sameName(each.name, name) && (event === undefined || sameName(each.event ?? "", event)),
  );
  const type = chosen ?? found?.type ?? "STRING";
  const define = useAction(async () => {
    await defineName(
      { kind: missing.kind, name: found?.name ?? name.trim(), ...(event === undefined ? {} : { event }) },
      type,
    );
    await refresh();
    onClose();
  });
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault();
    void define.run();
  };
  return (
    <Sheet title={strings.define.title[missing.kind]} isOpen onClose={onClose}>
      <form className="sheet-body form" onSubmit={submit}>
        <label className="labelled">
          <span>{strings.define.name}</span>
          <input
            className="field"
            required
            list="undefined-names"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <datalist id="undefined-names">
            {inData.map((each) => (
              <option key={`${each.event} ${each.name}`} value={each.name} />
            ))}
          </datalist>
        </label>
        {event === undefined ? null : (
          <label className="labelled">
            <span>{strings.define.event}</span>
            <select className="field" value={event} onChange={({ target }) => setEvent(target.value)}>
              {names.events.map((each) => (
                <option key={each.name}>{each.name}</option>
              ))}
            </select>
          </label>
        )}
        {missing.kind === "EVENT" ? null : (
          <div className="labelled">
            <span>{strings.data.type}</span>
            <TypeSelect type={type} onType={setChosen} />
          </div>
        )}
        <p className="hint" role="status">
          {data === undefined
            ? strings.define.looking
            : found === undefined
              ? strings.define.notInData
              : strings.define.inData(formatCount(found.count))}
        </p>
        {define.problem === undefined ? null : (
          <p className="problem" role="alert">
            {define.problem}
          </p>
        )}
        <div className="popup-actions">
          <button type="submit" className="button button-main" disabled={define.isBusy}>
            {strings.define.define}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {strings.save.cancel}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

/** Names ignore case, as in the language. */
function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

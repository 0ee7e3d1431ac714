// The segments of an audience, each with how it counts.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { audienceStrings as words } from "../en-audience.js";
import { useProject } from "../shell/project.js";
import type { ChosenSegment, How } from "./audience.js";

interface Props {
  readonly segments: readonly ChosenSegment[];
  readonly onChange: (segments: readonly ChosenSegment[]) => void;
}

const hows: readonly How[] = ["allOf", "anyOf", "noneOf"];

/** The segments chosen, and a choice of one more; nothing if the project has no segments. */
export function SegmentChoices({ segments, onChange }: Props): ReactNode {
  const { names } = useProject();
  const others = names.segments.filter(
    ({ id, archived }) => !archived && !segments.some((segment) => segment.id === id),
  );
  if (segments.length === 0 && others.length === 0) return null;
  return (
    <fieldset className="options">
      <legend>{words.segments}</legend>
      {segments.map((segment) => (
        <div key={segment.id} className="inline-form">
          <select
            className="field field-small"
            aria-label={words.howLabel(segment.name)}
            value={segment.how}
            onChange={({ target }) => {
              const how = hows.find((each) => each === target.value) ?? segment.how;
              onChange(segments.map((other) => (other === segment ? { ...segment, how } : other)));
            }}
          >
            {hows.map((how) => (
              <option key={how} value={how}>
                {words.how[how]}
              </option>
            ))}
          </select>
          <span className="chosen-segment">{segment.name}</span>
          <button
            type="button"
            className="button button-icon"
            aria-label={words.removeSegment(segment.name)}
            onClick={() => onChange(segments.filter((other) => other !== segment))}
          >
            <X size={15} aria-hidden="true" />
          </button>
        </div>
      ))}
      {others.length === 0 ? null : (
        <select
          className="field"
          aria-label={words.addSegment}
          value=""
          onChange={({ target }) => {
            const added = others.find(({ id }) => id === target.value);
            if (added !== undefined)
              onChange([...segments, { id: added.id, name: added.name, how: "anyOf" }]);
          }}
        >
          <option value="">{words.addSegment}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}

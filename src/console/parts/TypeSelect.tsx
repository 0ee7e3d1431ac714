// The choice of a key's type.
import type { ReactNode } from "react";
import { propertyTypes } from "../data/define.js";
import type { PropertyType } from "../data/generated.js";
import { strings } from "../en.js";

interface Props {
  readonly type: PropertyType;
  readonly onType: (type: PropertyType) => void;
}

export function TypeSelect({ type, onType }: Props): ReactNode {
  return (
    <select
      className="field"
      aria-label={strings.data.type}
      value={type}
      onChange={({ target }) => onType(propertyTypes.find((each) => each === target.value) ?? type)}
    >
      {propertyTypes.map((each) => (
        <option key={each} value={each}>
          {strings.data.types[each]}
        </option>
      ))}
    </select>
  );
}

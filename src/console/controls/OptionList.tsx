// A search field with a list below it: arrows move through the list, Enter takes the marked one.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

interface Option {
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
}

interface Props {
  readonly label: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly options: readonly Option[];
  readonly onTake: (key: string) => void;
  /** Shown below the list. */
  readonly children?: ReactNode;
}

/** The field and its list. */
export function OptionList({ label, search, onSearch, options, onTake, children }: Props): ReactNode {
  const [active, setActive] = useState(0);
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const marked = Math.min(active, options.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its best match.
  useEffect(() => setActive(0), [search]);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    document.getElementById(`${list}-${marked}`)?.scrollIntoView({ block: "nearest" });
  }, [list, marked]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      setActive((marked + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = options[marked];
      if (option !== undefined) onTake(option.key);
    }
  };
  return (
    <div className="option-list">
      <input
        ref={field}
        className="field"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={options.length === 0 ? undefined : `${list}-${marked}`}
        aria-autocomplete="list"
        placeholder={label}
        value={search}
        onChange={({ target }) => onSearch(target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="choices" id={list} role="listbox" aria-label={label}>
        {options.map(({ key, label: text, detail }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys for the whole list.
          <div
            key={key}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === marked}
            className="choice choice-line"
            data-active={index === marked}
            onClick={() => onTake(key)}
          >
            <span>{text}</span>
            {detail === undefined || detail === "" ? null : <span className="choice-detail">{detail}</span>}
          </div>
        ))}
      </div>
      {children}
    </div>
  );
}

// The form that saves a segment under a name: shared by creating and editing.
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { strings } from "../en.js";
import type { Action } from "./useAction.js";

interface Props {
  readonly name: string;
  readonly onName: (name: string) => void;
  /** A line below the name. */
  readonly nameHint?: string;
  readonly save: Action<[]>;
  readonly canSave: boolean;
  readonly onClose: () => void;
  /** Fields before the name. */
  readonly before?: ReactNode;
  /** Fields after it. */
  readonly after?: ReactNode;
}

export function SegmentForm(props: Props): ReactNode {
  const { name, onName, nameHint, save, canSave, onClose, before, after } = props;
  const hint = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <form className="sheet-body form" onSubmit={submit}>
      {before}
      <label className="labelled">
        <span>{strings.save.name}</span>
        <input
          ref={first}
          className="field"
          required
          maxLength={200}
          value={name}
          aria-describedby={nameHint === undefined ? undefined : hint}
          onChange={({ target }) => onName(target.value)}
        />
        {nameHint === undefined ? null : (
          <span className="hint" id={hint}>
            {nameHint}
          </span>
        )}
      </label>
      {after}
      {save.problem === undefined ? null : (
        <p className="problem" role="alert">
          {save.problem}
        </p>
      )}
      <div className="popup-actions">
        <button type="submit" className="button button-main" disabled={!canSave || save.isBusy}>
          {strings.save.save}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {strings.save.cancel}
        </button>
      </div>
    </form>
  );
}

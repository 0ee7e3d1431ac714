// A field of a form with its label, a hint, and the mistake that was found in it.
import { type FormEvent, type InputHTMLAttributes, type ReactNode, useId } from "react";
import { strings } from "../en.js";
import type { Submission } from "./useMistakes.js";

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly mistake?: string | undefined;
  /** The control, which takes these attributes. */
  readonly children: (attributes: FieldAttributes) => ReactNode;
}

interface FieldAttributes {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

/** A control of any kind. */
export function Labelled({ label, hint, mistake, children }: LabelledProps): ReactNode {
  const id = useId();
  const notes = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(mistake === undefined ? [] : [`${id}-mistake`]),
  ];
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-invalid": mistake !== undefined,
        "aria-describedby": notes.length === 0 ? undefined : notes.join(" "),
      })}
      {hint === undefined ? null : (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {mistake === undefined ? null : (
        <span className="problem" role="alert" id={`${id}-mistake`}>
          {mistake}
        </span>
      )}
    </div>
  );
}

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string | undefined;
  readonly mistake?: string | undefined;
}

/** An input. */
export function Field({ label, value, onValue, hint, mistake, ...input }: FieldProps): ReactNode {
  return (
    <Labelled label={label} hint={hint} mistake={mistake}>
      {(attributes) => (
        <input
          className="field"
          {...input}
          {...attributes}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Labelled>
  );
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  readonly hint?: string | undefined;
  readonly mistake?: string | undefined;
  readonly disabled?: boolean;
}

/** A choice of one. */
export function SelectField<Value extends string>(props: SelectProps<Value>): ReactNode {
  const { label, options, value, onValue, hint, mistake, disabled = false } = props;
  const values = Object.keys(options) as Value[];
  return (
    <Labelled label={label} hint={hint} mistake={mistake}>
      {(attributes) => (
        <select
          className="field"
          {...attributes}
          disabled={disabled}
          value={value}
          onChange={({ target }) => onValue(values.find((each) => each === target.value) ?? value)}
        >
          {values.map((each) => (
            <option key={each} value={each}>
              {options[each]}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface SheetFormProps {
  readonly form: Submission;
  /** What the button says that sends it. */
  readonly send: string;
  /** False while it cannot be sent. */
  readonly isReady?: boolean;
  /** Called once it was accepted. */
  readonly onDone: () => void;
  /** Called by a second button, without sending; there is none if it is omitted. */
  readonly onCancel?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** The frame of a form in a sheet: its fields, the mistakes of no field, and its buttons. */
export function SheetForm(props: SheetFormProps): ReactNode {
  const { form, send, isReady = true, onDone, onCancel, children } = props;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void form.run().then((isDone) => isDone && onDone());
  };
  return (
    <form className="sheet-body form" onSubmit={submit}>
      {children}
      {form.others.map((message) => (
        <p key={message} className="problem" role="alert">
          {message}
        </p>
      ))}
      <div className="popup-actions">
        <button type="submit" className="button button-main" disabled={form.isBusy || !isReady}>
          {send}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" className="button" onClick={onCancel}>
            {strings.save.cancel}
          </button>
        )}
      </div>
    </form>
  );
}

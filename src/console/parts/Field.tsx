// A field of a form with its label, a hint, and the mistake that was found in it.
import { type InputHTMLAttributes, type ReactNode, useId } from "react";

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

/** The end of a form: mistakes of no field, and its buttons. */
export function FormEnd({
  others,
  children,
}: {
  readonly others: readonly string[];
  readonly children: ReactNode;
}): ReactNode {
  return (
    <>
      {others.map((message) => (
        <p key={message} className="problem" role="alert">
          {message}
        </p>
      ))}
      <div className="popup-actions">{children}</div>
    </>
  );
}

// Controls with fields: a number or amount, a day or a time ago, a length of time, a count.
import { type FormEvent, type ReactNode, useState } from "react";
import { strings } from "../en.js";
import {
  countWords,
  type Length,
  readAmount,
  readCount,
  readDay,
  readLength,
  relativeDays,
  replaceAmount,
  units,
  writeAgo,
  writeCount,
  writeLength,
} from "../language/phrases.js";

interface Props {
  /** The present text. */
  readonly text: string;
  readonly onWrite: (insert: string) => void;
}

function Form({
  onTake,
  children,
}: {
  readonly onTake: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onTake();
  };
  return (
    <form className="part-form" onSubmit={submit}>
      {children}
      <button type="submit" className="button button-main button-small">
        {strings.part.take}
      </button>
    </form>
  );
}

/** A number or an amount; a written currency is kept. */
export function NumberControl({ text, label, onWrite }: Props & { readonly label: string }): ReactNode {
  const [digits, setDigits] = useState(readAmount(text));
  const isNumber = /^-?\d[\d_,]*(?:\.\d+)?$/.test(digits);
  return (
    <Form onTake={() => isNumber && onWrite(replaceAmount(text, digits))}>
      <label className="labelled">
        <span>{label}</span>
        <input
          className="field"
          inputMode="decimal"
          // biome-ignore lint/a11y/noAutofocus: the reader opened this to write into it.
          autoFocus
          value={digits}
          aria-invalid={!isNumber}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setDigits(target.value)}
        />
      </label>
    </Form>
  );
}

const commonLengths: readonly Length[] = [
  { amount: 7, unit: "day" },
  { amount: 30, unit: "day" },
  { amount: 90, unit: "day" },
  { amount: 12, unit: "month" },
];

function LengthFields({
  length,
  onChange,
}: {
  readonly length: Length;
  readonly onChange: (length: Length) => void;
}): ReactNode {
  return (
    <div className="part-row">
      <input
        className="field"
        type="number"
        min={1}
        max={999_999}
        aria-label={strings.part.number}
        value={length.amount}
        onChange={({ target }) =>
          onChange({ ...length, amount: Math.max(1, Math.trunc(Number(target.value))) })
        }
      />
      <select
        className="field"
        aria-label={strings.part.units}
        value={length.unit}
        onChange={({ target }) =>
          onChange({ ...length, unit: units.find((unit) => unit === target.value) ?? length.unit })
        }
      >
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {strings.part.unitNames[unit]}
          </option>
        ))}
      </select>
    </div>
  );
}

function Chips({
  texts,
  onTake,
}: {
  readonly texts: readonly string[];
  readonly onTake: (text: string) => void;
}) {
  return (
    <div className="chips">
      {texts.map((text) => (
        <button key={text} type="button" className="button button-small" onClick={() => onTake(text)}>
          {text}
        </button>
      ))}
    </div>
  );
}

/** A length of time, as `30 days`. */
export function LengthControl({ text, onWrite }: Props): ReactNode {
  const [length, setLength] = useState<Length>(readLength(text) ?? { amount: 30, unit: "day" });
  return (
    <Form onTake={() => onWrite(writeLength(length))}>
      <Chips texts={commonLengths.map(writeLength)} onTake={onWrite} />
      <LengthFields length={length} onChange={setLength} />
    </Form>
  );
}

/** A day: in words relative to now, some time ago, or of the calendar. */
export function DateControl({
  text,
  isRelativeOnly,
  onWrite,
}: Props & { readonly isRelativeOnly: boolean }): ReactNode {
  const [length, setLength] = useState<Length>(readLength(text) ?? { amount: 30, unit: "day" });
  return (
    <Form onTake={() => onWrite(writeAgo(length))}>
      {isRelativeOnly ? null : (
        <>
          <Chips texts={relativeDays} onTake={onWrite} />
          <label className="labelled">
            <span>{strings.part.day}</span>
            <input
              className="field"
              type="date"
              defaultValue={readDay(text)}
              onChange={({ target }) => {
                if (readDay(target.value) !== undefined) onWrite(target.value);
              }}
            />
          </label>
        </>
      )}
      <Chips texts={commonLengths.map(writeAgo)} onTake={onWrite} />
      <div className="part-row">
        <LengthFields length={length} onChange={setLength} />
        <span>{strings.part.ago}</span>
      </div>
    </Form>
  );
}

/** How often an event has to have happened. */
export function CountControl({ text, onWrite }: Props): ReactNode {
  const [count, setCount] = useState(readCount(text));
  return (
    <Form onTake={() => onWrite(writeCount(count))}>
      <div className="part-row">
        <select
          className="field"
          aria-label={strings.part.howOften}
          value={count.comparison}
          onChange={({ target }) =>
            setCount({
              ...count,
              comparison: countWords.find((word) => word === target.value) ?? count.comparison,
            })
          }
        >
          {countWords.map((word) => (
            <option key={word} value={word}>
              {word}
            </option>
          ))}
        </select>
        <input
          className="field"
          type="number"
          min={0}
          max={999_999}
          aria-label={strings.part.times}
          value={count.times}
          onChange={({ target }) =>
            setCount({ ...count, times: Math.max(0, Math.trunc(Number(target.value))) })
          }
        />
      </div>
    </Form>
  );
}

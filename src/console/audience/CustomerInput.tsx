// A field for a customer: by name, e-mail or source id, with those that are found to choose from.
import { type ReactNode, useId } from "react";
import { useAnswer, useRested } from "../data/answer.js";
import { EveryoneListDocument } from "../data/generated.js";
import { audienceStrings } from "../en-audience.js";
import { Labelled } from "../parts/Field.js";
import { customersLike } from "./find-customer.js";

interface Props {
  readonly label: string;
  /** What is typed; `customerMeant` finds the customer who is meant. */
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly mistake?: string | undefined;
}

const searchRestMs = 200;

/** The field. */
export function CustomerInput({ label, value, onValue, mistake }: Props): ReactNode {
  const list = useId();
  const rested = useRested(value.trim(), searchRestMs);
  const { data } = useAnswer(EveryoneListDocument, rested === "" ? undefined : customersLike(rested));
  return (
    <Labelled label={label} hint={audienceStrings.customerMore} mistake={mistake}>
      {(attributes) => (
        <>
          <input
            className="field"
            required
            autoComplete="off"
            list={list}
            {...attributes}
            value={value}
            onChange={({ target }) => onValue(target.value)}
          />
          <datalist id={list}>
            {data?.customers.nodes.map((customer) => (
              <option key={customer.id} value={customer.sourceId}>
                {[customer.name, customer.email].filter((part) => part !== null).join(" · ")}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Labelled>
  );
}

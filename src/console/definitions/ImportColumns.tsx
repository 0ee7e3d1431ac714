// The columns of a file that is to be imported: what each is read as, and what it holds in the first rows.
import type { ReactNode } from "react";
import type { ImportProposalQuery } from "../data/generated.js";
import { type Mapping, profileTargets, targetOf, withTarget } from "../data/mapping.js";
import { strings } from "../en.js";

interface Props {
  readonly proposal: ImportProposalQuery["importProposal"];
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** A row a column. Mappings of orders come with the server, and are shown as they are. */
export function ImportColumns({ proposal, mapping, onChange }: Props): ReactNode {
  const isEditable = proposal.collection === "CUSTOMERS";
  const isChanged = mapping !== proposal.definition;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls by keyboard has to reach it.
    <section className="table-frame import-columns" tabIndex={0} aria-label={strings.data.column}>
      <table className="table table-small">
        <thead>
          <tr>
            <th scope="col">{strings.data.column}</th>
            <th scope="col">{strings.data.readAs}</th>
            <th scope="col">{strings.data.sample}</th>
          </tr>
        </thead>
        <tbody>
          {proposal.columns.map(({ name, target: proposed, samples }) => {
            const target = isChanged ? targetOf(mapping, name) : (proposed ?? undefined);
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  {isEditable ? (
                    <TargetChoice
                      column={name}
                      target={target}
                      onChange={(chosen) => onChange(withTarget(mapping, name, chosen))}
                    />
                  ) : (
                    targetText(target)
                  )}
                </td>
                <td className="import-sample">{samples.filter((each) => each !== "").join(" · ")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface ChoiceProps {
  readonly column: string;
  readonly target: string | undefined;
  readonly onChange: (target: string | undefined) => void;
}

function TargetChoice({ column, target, onChange }: ChoiceProps): ReactNode {
  const own = `metadata.${column}`;
  const choices = profileTargets.map((each) => `columns.${each}`);
  const others = target === undefined || target === own || choices.includes(target) ? [] : [target];
  return (
    <select
      className="field field-small"
      aria-label={`${strings.data.readAs}: ${column}`}
      value={target ?? ""}
      onChange={({ target: chosen }) => onChange(chosen.value === "" ? undefined : chosen.value)}
    >
      <option value="">{strings.data.leftOut}</option>
      {[...choices, ...others, own].map((each) => (
        <option key={each} value={each}>
          {targetText(each)}
        </option>
      ))}
    </select>
  );
}

function targetText(target: string | undefined): string {
  if (target === undefined) return strings.data.leftOut;
  const key = target.slice(target.indexOf(".") + 1);
  if (target.startsWith("metadata.")) return strings.data.asMetadata(key);
  return strings.data.targets[key] ?? key;
}

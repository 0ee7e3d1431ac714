// What the project knows of its customers: keys of metadata, events and their properties, consents, campaigns.
import { type FormEvent, type ReactNode, useState } from "react";
import { defineConsent, defineName } from "../data/define.js";
import type { PropertyType } from "../data/generated.js";
import { exportProject } from "../data/jobs.js";
import type { UndefinedName } from "../data/undefined-names.js";
import { strings } from "../en.js";
import type { TypedKey } from "../language/protocol.js";
import { ExportButton } from "../parts/ExportButton.js";
import { Page, Section } from "../parts/Page.js";
import { TypeSelect } from "../parts/TypeSelect.js";
import { useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { ImportPanel } from "./ImportPanel.js";

/** The page. */
export function DataPage(): ReactNode {
  const { names, refresh } = useProject();
  const define = async (missing: UndefinedName, type: PropertyType = "STRING"): Promise<void> => {
    await defineName(missing, type);
    await refresh();
  };
  const customerKey = useAction((name: string, type: PropertyType) =>
    define({ kind: "CUSTOMER_METADATA", name }, type),
  );
  const orderKey = useAction((name: string, type: PropertyType) =>
    define({ kind: "ORDER_METADATA", name }, type),
  );
  const event = useAction((name: string) => define({ kind: "EVENT", name }));
  const property = useAction((of: string, name: string, type: PropertyType) =>
    define({ kind: "EVENT_PROPERTY", name, event: of }, type),
  );
  const consent = useAction(async (name: string) => {
    await defineConsent(name);
    await refresh();
  });
  return (
    <Page
      title={strings.nav.data}
      actions={
        <ExportButton label={strings.data.export} title={strings.data.exportMore} onStart={exportProject} />
      }
    >
      <Section title={strings.data.import}>
        <ImportPanel />
      </Section>
      <p className="hint">{strings.data.more}</p>
      <div className="data-grid">
        <Section title={strings.data.customerMetadata}>
          <Keys keys={names.customerMetadata} />
          <NewKey label={strings.data.newKey} problem={customerKey.problem} onAdd={customerKey.run} />
        </Section>
        <Section title={strings.data.orderMetadata}>
          <Keys keys={names.orderMetadata} />
          <NewKey label={strings.data.newKey} problem={orderKey.problem} onAdd={orderKey.run} />
        </Section>
        <Section title={strings.data.events}>
          {names.events.length === 0 ? <p className="hint">{strings.data.noEvents}</p> : null}
          {names.events.map(({ name, properties }) => (
            <details key={name} className="definition">
              <summary>
                {name} <span className="hint">{strings.data.properties(properties.length)}</span>
              </summary>
              <Keys keys={properties} />
              <NewKey
                label={strings.data.newProperty}
                problem={property.problem}
                onAdd={(key, type) => property.run(name, key, type)}
              />
            </details>
          ))}
          <NewName label={strings.data.newEvent} problem={event.problem} onAdd={event.run} />
        </Section>
        <Section title={strings.data.consents}>
          <ul className="tags">
            {names.consents.map((name) => (
              <li key={name} className="tag">
                {name}
              </li>
            ))}
          </ul>
          <NewName label={strings.data.newConsent} problem={consent.problem} onAdd={consent.run} />
        </Section>
        <Section title={strings.data.campaigns}>
          {Object.entries(names.campaigns).map(([kind, campaigns]) => (
            <div key={kind}>
              <h3>{kind.replace(/_/g, " ")}</h3>
              <ul className="tags">
                {campaigns.map((campaign) => (
                  <li key={campaign} className="tag">
                    {campaign}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </Section>
      </div>
    </Page>
  );
}

function Keys({ keys }: { readonly keys: readonly TypedKey[] }): ReactNode {
  if (keys.length === 0) return <p className="hint">{strings.data.noKeys}</p>;
  return (
    <table className="table table-small">
      <thead className="hidden">
        <tr>
          <th scope="col">{strings.data.key}</th>
          <th scope="col">{strings.data.type}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map(({ name, type }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{strings.data.typeNames[type] ?? type}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NewProps {
  readonly label: string;
  readonly problem?: string;
}

function NewKey({
  label,
  problem,
  onAdd,
}: NewProps & { readonly onAdd: (name: string, type: PropertyType) => Promise<boolean> }): ReactNode {
  const [type, setType] = useState<PropertyType>("STRING");
  return (
    <NewName label={label} problem={problem} onAdd={(name) => onAdd(name, type)}>
      <TypeSelect type={type} onType={setType} />
    </NewName>
  );
}

function NewName({
  label,
  problem,
  onAdd,
  children,
}: NewProps & {
  readonly onAdd: (name: string) => Promise<boolean>;
  readonly children?: ReactNode;
}): ReactNode {
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onAdd(name.trim()).then((isDone) => {
      if (isDone) setName("");
    });
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <input
        className="field"
        required
        aria-label={label}
        placeholder={label}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      {children}
      <button type="submit" className="button">
        {strings.data.add}
      </button>
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

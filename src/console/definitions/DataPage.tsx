// What the project knows of its customers: keys of metadata, events and their properties, consents, campaigns.
import { type FormEvent, type ReactNode, useState } from "react";
import { change } from "../data/client.js";
import {
  DefineConsentsDocument,
  DefineEventDocument,
  DefineMetadataDocument,
  type PropertyType,
} from "../data/generated.js";
import { strings } from "../en.js";
import type { TypedKey } from "../language/protocol.js";
import { Page, Section } from "../parts/Page.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { ExportButton } from "./ExportButton.js";
import { ImportPanel } from "./ImportPanel.js";

const types: readonly PropertyType[] = [
  "STRING",
  "NUMBER",
  "BOOLEAN",
  "DATE",
  "DATETIME",
  "STRINGS",
  "NUMBERS",
  "BOOLEANS",
  "DATES",
  "DATETIMES",
];

/** The page. */
export function DataPage(): ReactNode {
  const { names, refresh } = useProject();
  const defineMetadata = useAction(async (of: "CUSTOMER" | "ORDER", name: string, type: PropertyType) => {
    refuse((await change(DefineMetadataDocument, { input: { of, keys: [{ name, type }] } })).metadataDefine);
    await refresh();
  });
  const defineEvent = useAction(async (name: string, property: string, type: PropertyType) => {
    const properties = property === "" ? [] : [{ name: property, type }];
    refuse((await change(DefineEventDocument, { input: { name, properties } })).eventDefine);
    await refresh();
  });
  const defineConsent = useAction(async (name: string) => {
    refuse((await change(DefineConsentsDocument, { input: { names: [name] } })).consentDefine);
    await refresh();
  });
  return (
    <Page title={strings.nav.data} actions={<ExportButton />}>
      <Section title={strings.data.import}>
        <ImportPanel />
      </Section>
      <p className="hint">{strings.data.more}</p>
      <div className="data-grid">
        <Section title={strings.data.customerMetadata}>
          <Keys keys={names.customerMetadata} />
          <NewKey
            label={strings.data.newKey}
            problem={defineMetadata.problem}
            onAdd={(name, type) => defineMetadata.run("CUSTOMER", name, type)}
          />
        </Section>
        <Section title={strings.data.orderMetadata}>
          <Keys keys={names.orderMetadata} />
          <NewKey
            label={strings.data.newKey}
            onAdd={(name, type) => defineMetadata.run("ORDER", name, type)}
          />
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
                onAdd={(property, type) => defineEvent.run(name, property, type)}
              />
            </details>
          ))}
          <NewName
            label={strings.data.newEvent}
            problem={defineEvent.problem}
            onAdd={(name) => defineEvent.run(name, "", "STRING")}
          />
        </Section>
        <Section title={strings.data.consents}>
          <ul className="tags">
            {names.consents.map((consent) => (
              <li key={consent} className="tag">
                {consent}
              </li>
            ))}
          </ul>
          <NewName
            label={strings.data.newConsent}
            problem={defineConsent.problem}
            onAdd={(name) => defineConsent.run(name)}
          />
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
      <select
        className="field"
        aria-label={strings.data.type}
        value={type}
        onChange={({ target }) => setType(types.find((each) => each === target.value) ?? type)}
      >
        {types.map((each) => (
          <option key={each} value={each}>
            {strings.data.types[each]}
          </option>
        ))}
      </select>
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

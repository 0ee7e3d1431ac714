// The docs of the schema: what can be asked, by type.
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { type ReactNode, useState } from "react";
import { playgroundStrings as strings } from "../en-playground.js";

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLArgument;

const maxFound = 50;

/** The pages of the docs; the last one in `trail` is shown. */
export function Docs({ schema }: { readonly schema: GraphQLSchema }): ReactNode {
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [search, setSearch] = useState("");
  const open = (name: string): void => {
    setTrail([...trail, name]);
    setSearch("");
  };
  const current = schema.getType(trail.at(-1) ?? "");
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return (
    <div className="docs">
      <input
        className="field"
        type="search"
        placeholder={strings.search}
        aria-label={strings.search}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {search.trim() !== "" ? (
        <Found schema={schema} search={search.trim().toLowerCase()} open={open} />
      ) : current === undefined ? (
        roots.map((root) =>
          root == null ? null : (
            <Fields key={root.name} title={root.name} fields={fieldsOf(root)} open={open} />
          ),
        )
      ) : (
        <>
          <button
            type="button"
            className="button button-small button-quiet"
            onClick={() => setTrail(trail.slice(0, -1))}
          >
            {strings.back}
          </button>
          <TypePage type={current} schema={schema} open={open} />
        </>
      )}
    </div>
  );
}

interface Opens {
  readonly open: (name: string) => void;
}

function TypePage({
  type,
  schema,
  open,
}: Opens & { readonly type: GraphQLNamedType; readonly schema: GraphQLSchema }): ReactNode {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return (
    <>
      <h2>{type.name}</h2>
      <p>{type.description}</p>
      <Fields title={strings.fields} fields={fieldsOf(type)} open={open} />
      {isEnumType(type) ? (
        <section>
          <h3>{strings.values}</h3>
          {type.getValues().map(({ name, description }) => (
            <Entry key={name} name={name} description={description} />
          ))}
        </section>
      ) : null}
      {possible.length === 0 ? null : (
        <section>
          <h3>{strings.possibleTypes}</h3>
          {possible.map((each) => (
            <p key={each.name}>
              <TypeLink type={each} open={open} />
            </p>
          ))}
        </section>
      )}
    </>
  );
}

function Fields({
  title,
  fields,
  open,
}: Opens & { readonly title: string; readonly fields: readonly AnyField[] }): ReactNode {
  if (fields.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      {fields.map((field) => (
        <Entry
          key={field.name}
          name={field.name}
          description={field.description}
          type={field.type}
          open={open}
        >
          {field.deprecationReason ? (
            <p className="docs-deprecated">
              {strings.deprecated}: {field.deprecationReason}
            </p>
          ) : null}
          {"args" in field && field.args.length > 0 ? (
            <details>
              <summary>{strings.arguments}</summary>
              {field.args.map((each) => (
                <Entry
                  key={each.name}
                  name={each.name}
                  description={each.description}
                  type={each.type}
                  open={open}
                />
              ))}
            </details>
          ) : null}
        </Entry>
      ))}
    </section>
  );
}

interface EntryProps {
  readonly name: string;
  readonly description: string | null | undefined;
  readonly type?: GraphQLType;
  readonly open?: (name: string) => void;
  readonly children?: ReactNode;
}

function Entry({ name, description, type, open, children }: EntryProps): ReactNode {
  return (
    <div className="docs-entry">
      <p>
        <code>{name}</code>
        {type === undefined || open === undefined ? null : (
          <>
            {": "}
            <TypeLink type={type} open={open} />
          </>
        )}
      </p>
      {description ? <p className="hint">{description}</p> : null}
      {children}
    </div>
  );
}

function TypeLink({ type, open }: Opens & { readonly type: GraphQLType }): ReactNode {
  return (
    <button type="button" className="docs-type" onClick={() => open(getNamedType(type).name)}>
      {String(type)}
    </button>
  );
}

/** Types and fields with a text in their names, types first. */
function Found({
  schema,
  search,
  open,
}: Opens & { readonly schema: GraphQLSchema; readonly search: string }): ReactNode {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const found = types.filter(({ name }) => name.toLowerCase().includes(search)).slice(0, maxFound);
  const fields = types
    .flatMap((type) => fieldsOf(type).map((field) => ({ type, field })))
    .filter(({ field }) => field.name.toLowerCase().includes(search))
    .slice(0, maxFound);
  if (found.length + fields.length === 0) return <p className="hint">{strings.noneFound}</p>;
  return (
    <section>
      {found.map((type) => (
        <p key={type.name}>
          <TypeLink type={type} open={open} />
        </p>
      ))}
      {fields.map(({ type, field }) => (
        <p key={`${type.name}.${field.name}`}>
          <button type="button" className="docs-type" onClick={() => open(type.name)}>
            {type.name}.{field.name}
          </button>
        </p>
      ))}
    </section>
  );
}

function fieldsOf(type: GraphQLNamedType): readonly AnyField[] {
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
    ? Object.values(type.getFields())
    : [];
}

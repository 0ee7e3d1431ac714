// The playground: an operation with its variables and headers, its answer, examples and the docs. On a narrow screen one of them
// is shown at a time.
import type { EditorView } from "@codemirror/view";
import { updateSchema } from "cm6-graphql";
import type { GraphQLSchema } from "graphql";
import { Play, Square } from "lucide-react";
import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { playgroundStrings as strings } from "../en-playground.js";
import { ThemeSwitch } from "../shell/ThemeSwitch.js";
import { Code } from "./Code.js";
import { Docs } from "./Docs.js";
import { answerLanguage, headersLanguage, operationLanguage, setCode, variablesLanguage } from "./editors.js";
import { type Example, exampleDataQuery, examples } from "./examples.js";
import { keepTyped, readTyped, type Typed } from "./kept.js";
import { askData, type Headers, operationsOf, readSchema } from "./service.js";
import { objectIn, useRun } from "./useRun.js";
import { type ExampleData, variablesOf } from "./variables.js";

const panes = ["examples", "operation", "answer", "docs"] as const;
type Pane = (typeof panes)[number];

/** The page. Long because every part of it works on the same three texts. */
export function PlaygroundPage(): ReactNode {
  const [typed, setTyped] = useState<Typed>(() => readTyped(examples[0]!.operation));
  const [pane, setPane] = useState<Pane>("operation");
  const [side, setSide] = useState<"examples" | "docs">("examples");
  const [chosen, setChosen] = useState<string>();
  const { shown, run, stop } = useRun();
  const operation = useRef<EditorView>(null);
  const variables = useRef<EditorView>(null);
  const answer = useRef<EditorView>(null);
  const latest = useRef({ typed, chosen });
  latest.current = { typed, chosen };

  const type = (part: keyof Typed) => (text: string) => {
    setTyped((last) => ({ ...last, [part]: text }));
    keepTyped(part, text);
  };
  /** Puts another text into an editor, which then reports it as typed. */
  const put = (editor: RefObject<EditorView | null>, text: string): void => {
    if (editor.current !== null) setCode(editor.current, text);
  };
  const headers = useCallback((): Headers => {
    try {
      return objectIn(latest.current.typed.headers, strings.headers) as Headers;
    } catch {
      return {};
    }
  }, []);
  const runNow = useCallback((): void => {
    const cursor = operation.current?.state.selection.main.head ?? 0;
    run(latest.current.typed, cursor, latest.current.chosen);
    setPane("answer");
  }, [run]);
  useEffect(() => {
    if (answer.current !== null) setCode(answer.current, shown.text);
  }, [shown.text]);
  const schema = useSchema(headers);
  useEffect(() => {
    if (operation.current !== null && schema.schema !== undefined)
      updateSchema(operation.current, schema.schema);
  }, [schema.schema]);

  const takenLast = useRef<Example>(undefined);
  const take = async (example: Example): Promise<void> => {
    takenLast.current = example;
    const write = (data: ExampleData): void => {
      const given = variablesOf(data)[example.name];
      put(variables, given === undefined ? "" : JSON.stringify(given, null, 2));
    };
    put(operation, example.operation);
    write(noData);
    setChosen(undefined);
    setPane("operation");
    const untouched = variables.current?.state.doc;
    const data = await exampleData(headers());
    if (takenLast.current === example && variables.current?.state.doc === untouched) write(data);
  };
  const names = useMemo(
    () => operationsOf(typed.operation).flatMap(({ name }) => name ?? []),
    [typed.operation],
  );
  // An operation that is not there any more is not run, and not shown as chosen.
  const shownChoice = chosen !== undefined && names.includes(chosen) ? chosen : "";
  latest.current.chosen = shownChoice === "" ? undefined : shownChoice;
  const openSide = (to: Pane): void => {
    setPane(to);
    if (to === "examples" || to === "docs") setSide(to);
  };

  return (
    <div className="playground" data-pane={pane}>
      <header className="playground-header">
        <h1>{strings.title}</h1>
        {names.length < 2 ? null : (
          <select
            className="field field-small"
            aria-label={strings.operationToRun}
            value={shownChoice}
            onChange={({ target }) => setChosen(target.value)}
          >
            <option value="">{strings.atCursor}</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        {shown.isRunning ? (
          <button type="button" className="button playground-run" onClick={stop}>
            <Square size={16} aria-hidden="true" />
            {strings.stop}
          </button>
        ) : (
          <button
            type="button"
            className="button button-main playground-run"
            title={strings.runHint}
            onClick={runNow}
          >
            <Play size={16} aria-hidden="true" />
            {strings.run}
          </button>
        )}
        <a className="button button-quiet" href="/">
          {strings.console}
        </a>
        <ThemeSwitch />
      </header>
      <nav className="playground-panes" aria-label={strings.title}>
        {panes.map((each) => (
          <button
            type="button"
            key={each}
            aria-pressed={each === pane}
            className="button button-quiet"
            onClick={() => openSide(each)}
          >
            {strings.panes[each]}
          </button>
        ))}
      </nav>
      <aside className="playground-side">
        <div className="playground-switch">
          {(["examples", "docs"] as const).map((each) => (
            <button
              type="button"
              key={each}
              aria-pressed={each === side}
              className={`button button-small ${each === side ? "button-marked" : "button-quiet"}`}
              onClick={() => setSide(each)}
            >
              {strings.panes[each]}
            </button>
          ))}
        </div>
        {side === "examples" ? (
          <ul className="playground-examples" aria-label={strings.examples}>
            {examples.map((example) => (
              <li key={example.name}>
                <button type="button" className="choice" onClick={() => void take(example)}>
                  <strong>
                    {titleOf(example)}
                    {example.kind === "query" ? null : (
                      <span className="playground-kind">{example.kind}</span>
                    )}
                  </strong>
                  <span className="choice-query">{example.description}</span>
                </button>
              </li>
            ))}
          </ul>
        ) : schema.schema !== undefined ? (
          <Docs schema={schema.schema} />
        ) : schema.problem === undefined ? null : (
          <div className="hint">
            <p>{strings.noSchema(schema.problem)}</p>
            <button type="button" className="button button-small" onClick={schema.read}>
              {strings.readAgain}
            </button>
          </div>
        )}
      </aside>
      <main className="playground-operation">
        <Code
          text={typed.operation}
          label={strings.operation}
          extensions={() => operationLanguage(runNow, headers)}
          onText={type("operation")}
          handle={operation}
        />
        <details open>
          <summary>{strings.variables}</summary>
          <Code
            text={typed.variables}
            label={strings.variables}
            extensions={() => variablesLanguage(runNow, headers)}
            onText={type("variables")}
            handle={variables}
          />
        </details>
        <details>
          <summary>{strings.headers}</summary>
          <p className="hint">{strings.headersHint}</p>
          <Code
            text={typed.headers}
            label={strings.headers}
            extensions={() => headersLanguage(runNow)}
            onText={type("headers")}
          />
        </details>
      </main>
      <section className="playground-answer" aria-label={strings.answer}>
        <p className="hint" aria-live="polite">
          {shown.about}
        </p>
        <Code text="" label={strings.answer} extensions={() => answerLanguage} handle={answer} />
      </section>
    </div>
  );
}

/** As `Preview segment`. */
function titleOf({ name }: Example): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;
}

interface SchemaState {
  readonly schema?: GraphQLSchema;
  /** Why there is none. */
  readonly problem?: string;
  readonly read: () => void;
}

function useSchema(headers: () => Headers): SchemaState {
  const [state, setState] = useState<Omit<SchemaState, "read">>({});
  const read = useCallback(() => {
    readSchema(headers()).then(
      (schema) => setState({ schema }),
      (error: Error) => setState({ problem: error.message }),
    );
  }, [headers]);
  useEffect(read, [read]);
  return { ...state, read };
}

/** Words in place of what examples name. */
const noData: ExampleData = { segment: strings.noSegment, customer: strings.noCustomer };

/** What examples name; words in its place if the project has none, or the server refuses. */
async function exampleData(headers: Headers): Promise<ExampleData> {
  try {
    const { segments, customers } = await askData<{
      readonly segments: { readonly nodes: readonly { readonly id: string; readonly kind: string }[] };
      readonly customers: { readonly nodes: readonly { readonly sourceId: string }[] };
    }>(exampleDataQuery, {}, headers);
    return {
      segment: segments.nodes.find(({ kind }) => kind === "AUTO_UPDATE")?.id ?? noData.segment,
      customer: customers.nodes[0]?.sourceId ?? noData.customer,
    };
  } catch {
    return noData;
  }
}

// The cost of the query for the store: how it is executed, and the pipeline and the SQL to be copied. Read when it is opened.
import { Copy } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAnswer } from "../data/answer.js";
import { AudienceCostDocument, AudiencePipelineDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { formatCount } from "../parts/format.js";
import { Skeleton } from "../parts/states.js";

interface Props {
  readonly query: string;
  readonly asOf: string | undefined;
}

/** The cost, behind a heading that opens it. */
export function Costs({ query, asOf }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="costs" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{strings.explore.details}</summary>
      {isOpen ? <Opened query={query} asOf={asOf} /> : null}
    </details>
  );
}

function Opened({ query, asOf }: Props): ReactNode {
  const variables = { query, asOf: asOf ?? null };
  const cost = useAnswer(AudienceCostDocument, variables);
  const compiled = useAnswer(AudiencePipelineDocument, variables);
  const explained = cost.data?.segmentExplain;
  const pipeline = compiled.data?.segmentPreview.pipeline;
  return (
    <>
      {cost.failure === undefined ? null : <p className="problem">{cost.failure.message}</p>}
      {explained === undefined ? (
        cost.failure === undefined && <Skeleton lines={3} />
      ) : (
        <dl className="facts">
          {explained.steps.map(({ name, collection, index, rowsRead, rowsReturned }, step) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are an ordered list that is shown whole.
            <div key={step}>
              <dt>{collection === null ? name : `${name} ${collection}`}</dt>
              <dd>
                {index ?? ""} {rowsRead === null ? "" : formatCount(rowsRead)}
                {rowsReturned === null ? "" : ` → ${formatCount(rowsReturned)}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="statements">
        {pipeline === undefined || pipeline === null ? null : (
          <Statement
            title={strings.explore.pipeline}
            text={JSON.stringify(pipeline, null, 2)}
            copyLabel={strings.explore.copyMongosh}
            copied={`db.customers.aggregate(EJSON.deserialize(${JSON.stringify(pipeline)}))`}
          />
        )}
        {explained?.sql == null ? null : (
          <Statement
            title={strings.explore.sql}
            text={explained.sql}
            copyLabel={strings.explore.copySql}
            copied={`${explained.sql};`}
          />
        )}
      </div>
    </>
  );
}

interface StatementProps {
  readonly title: string;
  readonly text: string;
  readonly copyLabel: string;
  readonly copied: string;
}

/** One form that the query takes, to be read and copied. */
function Statement({ title, text, copyLabel, copied }: StatementProps): ReactNode {
  const [copiedText, setCopiedText] = useState<string>();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <button
        type="button"
        className="button button-small"
        onClick={() => void navigator.clipboard.writeText(copied).then(() => setCopiedText(copied))}
      >
        <Copy size={14} aria-hidden="true" /> {copiedText === copied ? strings.state.copied : copyLabel}
      </button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <pre className="code" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

// The cost of the query for the store: the pipeline, to be copied, and how it is executed. Read when it is opened.
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

/** Two parts that open. */
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
      {pipeline === undefined || pipeline === null ? null : (
        <>
          <CopyButton text={`db.customers.aggregate(EJSON.deserialize(${JSON.stringify(pipeline)}))`} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
          <pre className="code" tabIndex={0}>
            {JSON.stringify(pipeline, null, 2)}
          </pre>
        </>
      )}
    </>
  );
}

function CopyButton({ text }: { readonly text: string }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="button button-small"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <Copy size={14} aria-hidden="true" /> {isCopied ? strings.state.copied : strings.explore.copyMongosh}
    </button>
  );
}

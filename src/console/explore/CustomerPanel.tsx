// A customer in a panel next to the list: why they are in or out, and who they are.
import { Link } from "@tanstack/react-router";
import { ArrowUpRight, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useAnswer } from "../data/answer.js";
import { cellOf } from "../data/columns.js";
import { CustomerDocument, WhyDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { CellView } from "../parts/CellView.js";
import { columnLabel } from "../parts/labels.js";
import { FailureNote, Skeleton } from "../parts/states.js";
import { Why } from "../parts/Why.js";
import { useProject } from "../shell/project.js";

interface Props {
  readonly customerId: string;
  /** The sentence that is asked why; empty if there is none, undefined before it is checked. */
  readonly query: string | undefined;
  readonly asOf: string | undefined;
  readonly onClose: () => void;
}

const facts = [
  "email",
  "phone",
  "country",
  "city",
  "created_at",
  "source",
  "orders.count",
  "orders.total_amount",
  "orders.last_at",
  "loyalty.balance",
  "consents",
];

/** The panel. */
export function CustomerPanel({ customerId, query, asOf, onClose }: Props): ReactNode {
  const { names } = useProject();
  const panel = useRef<HTMLElement>(null);
  const { data, failure, retry } = useAnswer(CustomerDocument, { id: customerId });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each customer who is opened is read out.
  useEffect(() => panel.current?.focus(), [customerId]);
  const customer = data?.customer?.id === customerId ? data.customer : undefined;
  const why = useAnswer(
    WhyDocument,
    query === undefined || query === "" ? undefined : { query, asOf: asOf ?? null, customerId },
  );
  // The profile waits for the reasons above it, which would move it.
  const isWhyRead = query === "" || why.data !== undefined || why.failure !== undefined;
  const name = customer?.name ?? customer?.email ?? customer?.sourceId ?? strings.state.loading;
  return (
    <aside
      className="panel"
      aria-label={strings.profile.title}
      ref={panel}
      tabIndex={-1}
      onKeyDown={({ key }) => {
        if (key === "Escape") onClose();
      }}
    >
      <header className="panel-header">
        <h2>{name}</h2>
        <button
          type="button"
          className="button button-icon"
          aria-label={strings.state.close}
          onClick={onClose}
        >
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      {failure === undefined ? null : <FailureNote failure={failure} retry={retry} />}
      {data !== undefined && data.customer === null ? (
        <p className="hint">{strings.profile.missing}</p>
      ) : null}
      {query === "" ? null : <Why answer={why} />}
      {customer === undefined || !isWhyRead ? (
        <Skeleton lines={10} />
      ) : (
        <section>
          <h3>{strings.profile.facts}</h3>
          <dl className="facts">
            {facts.map((fact) => (
              <div key={fact}>
                <dt>{columnLabel(fact)}</dt>
                <dd>
                  <CellView cell={cellOf(fact, customer)} timezone={names.timezone} from={Date.now()} />
                </dd>
              </div>
            ))}
          </dl>
          <Link className="button" to="/customers/$id" params={{ id: customerId }}>
            {strings.profile.open} <ArrowUpRight size={15} aria-hidden="true" />
          </Link>
        </section>
      )}
    </aside>
  );
}

// The messages of a distribution by recipient, and the decision about each that is in doubt.
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { change } from "../data/client.js";
import { strings } from "../en.js";
import { messageStrings } from "../en-messages.js";
import { formatCount, formatMoment } from "../parts/format.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { usePages } from "../parts/usePages.js";
import { useProject } from "../shell/project.js";
import {
  type DistributionDetailsFragment,
  DistributionMessagesDocument,
  type MessageResolution,
  type MessageRowFragment,
  ResolveMessageDocument,
} from "./generated.js";

type Status = MessageRowFragment["status"];

interface Props {
  readonly distribution: DistributionDetailsFragment;
  readonly onChanged: () => void;
}

const statuses = Object.keys(messageStrings.recipients.statuses) as Status[];
const pageSize = 50;

/** The list. */
export function Recipients({ distribution, onChanged }: Props): ReactNode {
  const { id, progress } = distribution;
  const [status, setStatus] = useState<Status>();
  const pages = usePages<MessageRowFragment>(
    async (ask, after) => {
      const answer = await ask(DistributionMessagesDocument, { id, status: status ?? null, after });
      return answer.distribution?.messages;
    },
    `${id} ${status ?? ""}`,
  );
  const { rows, total, problem, isLoading, hasMore, more, again } = pages;
  const counted = JSON.stringify(progress);
  const countedWhenRead = useRef(counted);
  // A list that was read further stays as it is.
  const isFirstPage = rows === undefined || rows.length <= pageSize;
  useEffect(() => {
    // A page that is being read is waited for: begun again with each number, it might never be shown.
    if (isLoading || !isFirstPage || countedWhenRead.current === counted) return;
    countedWhenRead.current = counted;
    again();
  }, [counted, isLoading, isFirstPage, again]);
  const { recipients: words } = messageStrings;
  if (problem !== undefined)
    return <FailureNote failure={{ kind: "refused", message: problem }} retry={again} />;
  if (progress.total === 0 && rows === undefined) return <Skeleton lines={6} />;
  if (progress.total === 0 && rows?.length === 0) return <EmptyNote title={words.none} />;
  return (
    <div className="codes">
      {progress.inDoubt === 0 ? null : (
        <p className="notice">
          <span>{words.doubt(progress.inDoubt)}</span>
          {status === "IN_DOUBT" ? null : (
            <button type="button" className="button button-small" onClick={() => setStatus("IN_DOUBT")}>
              {words.decide}
            </button>
          )}
        </p>
      )}
      <div className="page-filters">
        <select
          className="field field-small"
          aria-label={words.status}
          value={status ?? ""}
          onChange={({ target }) => setStatus(statuses.find((each) => each === target.value))}
        >
          <option value="">{words.every}</option>
          {statuses.map((each) => (
            <option key={each} value={each}>
              {words.statuses[each]}
            </option>
          ))}
        </select>
        {rows === undefined || total === undefined ? null : (
          <span className="hint">{words.shown(formatCount(rows.length), formatCount(total))}</span>
        )}
      </div>
      {rows === undefined ? (
        <Skeleton lines={6} />
      ) : rows.length === 0 ? (
        <p className="hint">{words.noneSuch}</p>
      ) : (
        <MessageTable
          rows={rows}
          onDecided={() => {
            again();
            onChanged();
          }}
        />
      )}
      {hasMore ? (
        <button type="button" className="button button-start" onClick={more}>
          {strings.state.more}
        </button>
      ) : null}
    </div>
  );
}

interface TableProps {
  readonly rows: readonly MessageRowFragment[];
  readonly onDecided: () => void;
}

function MessageTable({ rows, onDecided }: TableProps): ReactNode {
  const { recipients: words } = messageStrings;
  const hasCodes = rows.some(({ code }) => code !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-frame" tabIndex={0} aria-label={words.rows}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.columns.customer}</th>
            <th scope="col">{words.columns.status}</th>
            {hasCodes ? <th scope="col">{words.columns.code}</th> : null}
            <th scope="col">{words.columns.at}</th>
            <th scope="col">{words.columns.more}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((message) => (
            <Row key={message.id} message={message} hasCodes={hasCodes} onDecided={onDecided} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly message: MessageRowFragment;
  readonly hasCodes: boolean;
  readonly onDecided: () => void;
}

function Row({ message, hasCodes, onDecided }: RowProps): ReactNode {
  const { names } = useProject();
  const { recipients: words, skipped } = messageStrings;
  const { id, customer, status, skipReason, code, problem, attempts } = message;
  const decide = useAction(async (resolution: MessageResolution) => {
    refuse((await change(ResolveMessageDocument, { id, resolution })).messageResolve);
    onDecided();
  });
  const name = customer?.name ?? customer?.email ?? customer?.sourceId;
  const why = [
    ...(skipReason === null ? [] : [skipped[skipReason]]),
    ...(problem === null ? [] : [problem]),
    ...(attempts === 0 ? [] : [words.attempts(attempts)]),
  ];
  return (
    <tr>
      <th scope="row">
        {customer === null ? (
          words.erased
        ) : (
          <Link to="/customers/$id" params={{ id: customer.id }} className="table-link">
            {name}
          </Link>
        )}
      </th>
      <td>{words.statuses[status]}</td>
      {hasCodes ? (
        <td>
          <span className="secret">{code ?? strings.state.unknown}</span>
        </td>
      ) : null}
      <td>{formatMoment(message.changedAt, names.timezone)}</td>
      <td className="table-wrap">
        {status === "IN_DOUBT" ? (
          <span className="page-actions">
            {(["SENT", "SEND_AGAIN"] as const).map((resolution) => (
              <button
                key={resolution}
                type="button"
                className="button button-small"
                aria-label={`${words.decisions[resolution]}: ${name ?? words.erased}`}
                disabled={decide.isBusy}
                onClick={() => void decide.run(resolution)}
              >
                {words.decisions[resolution]}
              </button>
            ))}
          </span>
        ) : (
          why.join(" · ") || strings.state.unknown
        )}
        {decide.problem === undefined ? null : (
          <span className="problem" role="alert">
            {decide.problem}
          </span>
        )}
      </td>
    </tr>
  );
}

// The codes of a campaign: found, copied, deactivated, added and published.
import { Link } from "@tanstack/react-router";
import { Copy, Power } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAnswer, useRested } from "../data/answer.js";
import { change } from "../data/client.js";
import { strings } from "../en.js";
import { promotionStrings } from "../en-promotions.js";
import { CopyButton } from "../parts/CopyButton.js";
import { formatMoney } from "../parts/format.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { type Pages, usePages } from "../parts/usePages.js";
import { useProject } from "../shell/project.js";
import { CodeActions } from "./CodeActions.js";
import { type CodeState, foundText, stateOf } from "./code-words.js";
import {
  CampaignCodesDocument,
  type CampaignRowFragment,
  type CodeRowFragment,
  FindCodeDocument,
  UpdateCodeDocument,
} from "./generated.js";

const findRestMs = 200;

/** The list, with what can be done. */
export function Codes({ campaign }: { readonly campaign: CampaignRowFragment }): ReactNode {
  const pages = usePages<CodeRowFragment>(async (ask, after) => {
    const answer = await ask(CampaignCodesDocument, { id: campaign.id, after });
    return answer.campaign?.codes;
  }, campaign.id);
  const { rows, problem, again } = pages;
  return (
    <div className="codes">
      <CodeActions campaign={campaign} onChanged={again} />
      {problem === undefined ? null : (
        <FailureNote failure={{ kind: "refused", message: problem }} retry={again} />
      )}
      {rows === undefined ? (
        problem === undefined && <Skeleton lines={6} />
      ) : (
        <List campaign={campaign} pages={pages} rows={rows} />
      )}
    </div>
  );
}

interface ListProps {
  readonly campaign: CampaignRowFragment;
  readonly pages: Pages<CodeRowFragment>;
  readonly rows: readonly CodeRowFragment[];
}

function List({ campaign, pages, rows }: ListProps): ReactNode {
  const { total, hasMore, more, again } = pages;
  const [search, setSearch] = useState("");
  const [state, setState] = useState<CodeState>();
  const wanted = search.trim().toUpperCase();
  // A whole code is found also if its page is not read yet.
  const rested = useRested(wanted, findRestMs);
  const found = useAnswer(FindCodeDocument, rested === "" || !hasMore ? undefined : { code: rested });
  const { codes: words } = promotionStrings;
  const { promotionCode: whole = null } = found.data ?? {};
  const isElsewhere =
    whole !== null &&
    whole.code === wanted &&
    whole.campaign?.id === campaign.id &&
    !rows.some(({ code }) => code === wanted);
  const shown = [...(isElsewhere ? [whole] : []), ...rows].filter(
    (row) => row.code.includes(wanted) && (state === undefined || stateOf(row) === state),
  );
  if (rows.length === 0) return <EmptyNote title={words.none} />;
  const isFiltered = wanted !== "" || state !== undefined;
  const counted = foundText({ shown: shown.length, read: rows.length, total, hasMore, isFiltered });
  return (
    <>
      <div className="page-filters">
        <input
          className="field"
          type="search"
          placeholder={words.filter}
          aria-label={words.filter}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <StateSelect state={state} onState={setState} />
        <CopyAll codes={shown} />
        <span className="hint">{counted}</span>
      </div>
      {shown.length > 0 ? (
        <Table codes={shown} onChanged={again} />
      ) : hasMore ? null : (
        <p className="hint">{words.noneSuch}</p>
      )}
      {hasMore ? (
        <button type="button" className="button button-start" onClick={more}>
          {strings.state.more}
        </button>
      ) : null}
    </>
  );
}

function StateSelect({
  state,
  onState,
}: {
  readonly state: CodeState | undefined;
  readonly onState: (state: CodeState | undefined) => void;
}): ReactNode {
  const { codes: words } = promotionStrings;
  const states = Object.keys(words.states) as CodeState[];
  return (
    <select
      className="field field-small"
      aria-label={words.state}
      value={state ?? ""}
      onChange={({ target }) => onState(states.find((each) => each === target.value))}
    >
      <option value="">{words.everyState}</option>
      {states.map((each) => (
        <option key={each} value={each}>
          {words.states[each]}
        </option>
      ))}
    </select>
  );
}

function CopyAll({ codes }: { readonly codes: readonly CodeRowFragment[] }): ReactNode {
  const text = codes.map(({ code }) => code).join("\n");
  const [copied, setCopied] = useState<string>();
  const { codes: words } = promotionStrings;
  return (
    <button
      type="button"
      className="button button-small"
      disabled={codes.length === 0}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}
    >
      <Copy size={14} aria-hidden="true" /> {copied === text ? words.copied : words.copyAll(codes.length)}
    </button>
  );
}

interface TableProps {
  readonly codes: readonly CodeRowFragment[];
  readonly onChanged: () => void;
}

function Table({ codes, onChanged }: TableProps): ReactNode {
  const { codes: words } = promotionStrings;
  const hasBalance = codes.some(({ giftCard }) => giftCard !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-frame" tabIndex={0} aria-label={words.rows}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.columns.code}</th>
            <th scope="col">{words.columns.customer}</th>
            <th scope="col" className="table-figure">
              {words.columns.redeemed}
            </th>
            {hasBalance ? (
              <th scope="col" className="table-figure">
                {words.columns.balance}
              </th>
            ) : null}
            <th scope="col">{words.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <Row key={code.id} code={code} hasBalance={hasBalance} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly code: CodeRowFragment;
  readonly hasBalance: boolean;
  readonly onChanged: () => void;
}

function Row({ code: row, hasBalance, onChanged }: RowProps): ReactNode {
  const { names } = useProject();
  const { code, customer, limit, redemptionsCount, giftCard, active } = row;
  const { codes: words } = promotionStrings;
  const activate = useAction(async () => {
    refuse((await change(UpdateCodeDocument, { input: { code, active: !active } })).promotionCodeUpdate);
    onChanged();
  });
  const money = (amount: string): string => formatMoney(amount, names.currency);
  return (
    <tr>
      <th scope="row">
        <span className="code-cell">
          <span className="secret">{code}</span>
          <CopyButton text={code} label={words.copy(code)} copied={words.copied} />
        </span>
      </th>
      <td>
        {customer === null ? (
          strings.state.unknown
        ) : (
          <Link to="/customers/$id" params={{ id: customer.id }} className="table-link">
            {customer.name ?? customer.email ?? customer.sourceId}
          </Link>
        )}
      </td>
      <td className="table-figure">{words.ofLimit(redemptionsCount, limit)}</td>
      {hasBalance ? (
        <td className="table-figure">
          {giftCard === null
            ? strings.state.unknown
            : words.balance(money(giftCard.balance.amount), money(giftCard.amount.amount))}
        </td>
      ) : null}
      <td>
        <span className="code-cell">
          {words.states[stateOf(row)]}
          <button
            type="button"
            className="button button-icon"
            aria-label={active ? words.deactivate(code) : words.activate(code)}
            title={active ? words.deactivate(code) : words.activate(code)}
            disabled={activate.isBusy}
            onClick={() => void activate.run()}
          >
            <Power size={14} aria-hidden="true" />
          </button>
        </span>
        {activate.problem === undefined ? null : (
          <span className="problem" role="alert">
            {activate.problem}
          </span>
        )}
      </td>
    </tr>
  );
}

// What was redeemed of a campaign, the latest first, with a way to roll a redemption back.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { change } from "../data/client.js";
import { strings } from "../en.js";
import { promotionStrings } from "../en-promotions.js";
import { formatMoment, formatMoney } from "../parts/format.js";
import { Sure } from "../parts/Sure.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { usePages } from "../parts/usePages.js";
import { useProject } from "../shell/project.js";
import {
  CampaignRedemptionsDocument,
  type CampaignRowFragment,
  type CodeRedemptionRowFragment,
  RollBackDocument,
} from "./generated.js";

interface Props {
  readonly campaign: CampaignRowFragment;
  readonly onChanged: () => void;
}

/** The list, page by page. */
export function Redemptions({ campaign, onChanged }: Props): ReactNode {
  const { rows, problem, hasMore, more, again } = usePages<CodeRedemptionRowFragment>(async (ask, after) => {
    const answer = await ask(CampaignRedemptionsDocument, { id: campaign.id, after });
    return answer.campaign?.redemptions;
  }, campaign.id);
  const { redemptions: words } = promotionStrings;
  if (problem !== undefined)
    return <FailureNote failure={{ kind: "refused", message: problem }} retry={again} />;
  if (rows === undefined) return <Skeleton lines={6} />;
  if (rows.length === 0) return <EmptyNote title={words.none} />;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <section className="table-frame" tabIndex={0} aria-label={words.rows}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.columns.at}</th>
              <th scope="col">{words.columns.customer}</th>
              <th scope="col">{words.columns.code}</th>
              <th scope="col" className="table-figure">
                {words.columns.order}
              </th>
              <th scope="col" className="table-figure">
                {words.columns.discount}
              </th>
              <th scope="col">{words.columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((redemption) => (
              <Row
                key={redemption.id}
                redemption={redemption}
                onChanged={() => {
                  again();
                  onChanged();
                }}
              />
            ))}
          </tbody>
        </table>
      </section>
      {hasMore ? (
        <button type="button" className="button button-start" onClick={more}>
          {strings.state.more}
        </button>
      ) : null}
    </>
  );
}

interface RowProps {
  readonly redemption: CodeRedemptionRowFragment;
  readonly onChanged: () => void;
}

function Row({ redemption, onChanged }: RowProps): ReactNode {
  const { names } = useProject();
  const { at, customer, code, orderAmount, discountAmount, points } = redemption;
  const amount = (money: { readonly amount: string } | null): string =>
    money === null ? strings.state.unknown : formatMoney(money.amount, names.currency);
  return (
    <tr>
      <td>{formatMoment(at, names.timezone)}</td>
      <th scope="row">
        {customer === null ? (
          <span className="unknown">{strings.feed.erased}</span>
        ) : (
          <Link to="/customers/$id" params={{ id: customer.id }} className="table-link">
            {customer.name ?? customer.email ?? customer.sourceId}
          </Link>
        )}
      </th>
      <td>{code ?? strings.state.unknown}</td>
      <td className="table-figure">{amount(orderAmount)}</td>
      <td className="table-figure">
        {amount(discountAmount)}
        {points === null ? "" : ` · ${promotionStrings.redemptions.points(points)}`}
      </td>
      <td>
        <State redemption={redemption} onChanged={onChanged} />
      </td>
    </tr>
  );
}

function State({ redemption, onChanged }: RowProps): ReactNode {
  const rollBack = useAction(async () => {
    refuse((await change(RollBackDocument, { id: redemption.id })).redemptionRollback);
    onChanged();
  });
  const { redemptions: words } = promotionStrings;
  if (redemption.status === "ROLLED_BACK") return words.states.ROLLED_BACK;
  return (
    <Sure action={rollBack} sure={words.sure} keep={words.keep}>
      {(ask) => (
        <button type="button" className="button button-small" onClick={ask}>
          {words.rollBack}
        </button>
      )}
    </Sure>
  );
}

// What a customer did and what became of them: orders, events, redemptions, referrals, entries and exits, the newest first.
import { Link } from "@tanstack/react-router";
import { ArrowDownRight, ArrowUpRight, Circle, Gift, ShoppingBag, UserPlus } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { ask } from "../data/client.js";
import { CustomerTimelineDocument, type CustomerTimelineQuery } from "../data/generated.js";
import { strings } from "../en.js";
import { formatMoment, formatMoney } from "../parts/format.js";
import { FailureNote, Skeleton } from "../parts/states.js";
import { useProject } from "../shell/project.js";

type Page = NonNullable<CustomerTimelineQuery["customer"]>["timeline"];
type Item = Page["edges"][number]["node"];

interface Shown {
  readonly items?: readonly { readonly cursor: string; readonly node: Item }[];
  readonly next: string | null;
  readonly problem?: string;
}

/** The time line, page by page. */
export function TimeLine({ customerId }: { readonly customerId: string }): ReactNode {
  const [shown, setShown] = useState<Shown>({ next: null });
  const read = useCallback(
    async (after: string | null) => {
      try {
        const { customer } = await ask(CustomerTimelineDocument, { id: customerId, after }, true);
        const page: Page | undefined = customer?.timeline;
        setShown((before) => ({
          items: [...(after === null ? [] : (before.items ?? [])), ...(page?.edges ?? [])],
          next: page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null,
        }));
      } catch (error) {
        setShown((before) => ({
          ...before,
          problem: error instanceof Error ? error.message : String(error),
        }));
      }
    },
    [customerId],
  );
  useEffect(() => void read(null), [read]);
  const { items, next, problem } = shown;
  if (problem !== undefined)
    return <FailureNote failure={{ kind: "refused", message: problem }} retry={() => void read(null)} />;
  if (items === undefined) return <Skeleton lines={6} />;
  if (items.length === 0) return <p className="hint">{strings.profile.quietTimeline}</p>;
  return (
    <>
      <ol className="feed-list">
        {items.map(({ cursor, node }) => (
          <Entry key={cursor} item={node} />
        ))}
      </ol>
      {next === null ? null : (
        <button type="button" className="button button-start" onClick={() => void read(next)}>
          {strings.state.more}
        </button>
      )}
    </>
  );
}

function Entry({ item }: { readonly item: Item }): ReactNode {
  const { names } = useProject();
  const at = item.__typename === "Order" ? item.placedAt : item.at;
  return (
    <li
      className="feed-row"
      data-kind={item.__typename === "SegmentTransition" ? item.kind : item.__typename}
    >
      <Sign item={item} />
      <span className="time-line-text">
        <Said item={item} />
      </span>
      <span className="feed-cause">
        {item.__typename === "SegmentTransition" ? strings.feed.causes[item.cause] : ""}
      </span>
      <time className="feed-time" dateTime={at} title={names.timezone}>
        {formatMoment(at, names.timezone)}
      </time>
    </li>
  );
}

function Sign({ item }: { readonly item: Item }): ReactNode {
  const size = 16;
  switch (item.__typename) {
    case "Order":
      return <ShoppingBag size={size} aria-hidden="true" />;
    case "Redemption":
      return <Gift size={size} aria-hidden="true" />;
    case "Referral":
      return <UserPlus size={size} aria-hidden="true" />;
    case "SegmentTransition":
      return item.kind === "ENTERED" ? (
        <ArrowUpRight size={size} aria-hidden="true" />
      ) : (
        <ArrowDownRight size={size} aria-hidden="true" />
      );
    case "Event":
      return <Circle size={10} aria-hidden="true" />;
    default:
      return item satisfies never;
  }
}

function Said({ item }: { readonly item: Item }): ReactNode {
  const { timeline } = strings;
  switch (item.__typename) {
    case "Order": {
      const { amount, currency } = item.amount;
      const lines = item.items
        .map(({ name, productId }) => name ?? productId ?? "")
        .filter((line) => line !== "");
      return (
        <>
          <strong>{timeline.order(formatMoney(amount, currency))}</strong>{" "}
          <span className="hint">
            {lines.join(", ")} {item.statusText.toLowerCase()}
          </span>
        </>
      );
    }
    case "Event":
      return (
        <>
          {item.type}{" "}
          <span className="hint">
            {Object.entries((item.properties ?? {}) as Record<string, unknown>)
              .map(
                ([key, value]) =>
                  `${key} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
              )
              .join(", ")}
          </span>
        </>
      );
    case "Redemption":
      return timeline.redemption(item.campaign, item.result.toLowerCase());
    case "Referral":
      return timeline.referral(item.refereeSourceId);
    case "SegmentTransition":
      return (
        <>
          {item.kind === "ENTERED" ? strings.feed.entered : strings.feed.left}{" "}
          {item.segment === null ? (
            strings.timeline.goneSegment
          ) : (
            <Link to="/segments/$id" params={{ id: item.segment.id }}>
              {item.segment.name}
            </Link>
          )}
        </>
      );
    default:
      return item satisfies never;
  }
}

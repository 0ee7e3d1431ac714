// A customer: who they are, their figures, and the segments that they are in.
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAnswer } from "../data/answer.js";
import { type CustomerRow, cellOf } from "../data/columns.js";
import { CustomerDocument, CustomerSegmentsDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { CellView } from "../parts/CellView.js";
import { formatMoment } from "../parts/format.js";
import { columnLabel } from "../parts/labels.js";
import { Page, Section } from "../parts/Page.js";
import { EmptyNote, FailureNote, LoadingPage, Skeleton, SlowNote } from "../parts/states.js";
import { useProject } from "../shell/project.js";
import { TimeLine } from "./TimeLine.js";
import { WhySegment } from "./WhySegment.js";

const facts = [
  "source_id",
  "email",
  "phone",
  "city",
  "state",
  "postal_code",
  "country",
  "created_at",
  "birthdate",
  "source",
  "consents",
];
const figures = [
  "orders.count",
  "orders.total_amount",
  "orders.average_amount",
  "orders.first_at",
  "orders.last_at",
  "orders.last_amount",
  "order",
  "redemptions.count",
  "referrals.count",
  "gift_cards.balance",
  "loyalty.points",
  "loyalty.balance",
];

/** The page of the customer that the address names. */
export function ProfilePage(): ReactNode {
  const { id } = useParams({ from: "/customers/$id" });
  const answer = useAnswer(CustomerDocument, { id });
  const { data, failure, retry } = answer;
  if (failure !== undefined) return <FailureNote failure={failure} retry={retry} />;
  if (data === undefined || (data.customer !== null && data.customer.id !== id)) {
    return (
      <>
        <SlowNote answer={answer} />
        <LoadingPage />
      </>
    );
  }
  if (data.customer === null) {
    return (
      <EmptyNote title={strings.profile.missing}>
        <Link to="/customers" className="button">
          {strings.nav.customers}
        </Link>
      </EmptyNote>
    );
  }
  return <Profile customer={data.customer} />;
}

function Profile({ customer }: { readonly customer: CustomerRow }): ReactNode {
  const metadata = Object.keys((customer.metadata ?? {}) as Record<string, unknown>);
  return (
    <Page title={customer.name ?? customer.email ?? customer.sourceId}>
      <div className="profile">
        <Section title={strings.profile.facts}>
          <Facts customer={customer} attributes={facts} />
        </Section>
        <Section title={strings.profile.figures}>
          <Facts customer={customer} attributes={figures} />
        </Section>
        {metadata.length === 0 ? null : (
          <Section title={strings.profile.metadata}>
            <Facts customer={customer} attributes={metadata.map((key) => `metadata.${key}`)} />
          </Section>
        )}
        <Section title={strings.profile.segments}>
          <Segments customerId={customer.id} />
        </Section>
        <WhySegment customerId={customer.id} />
      </div>
      <Section title={strings.profile.timeline}>
        <TimeLine customerId={customer.id} />
      </Section>
    </Page>
  );
}

function Facts({
  customer,
  attributes,
}: {
  readonly customer: CustomerRow;
  readonly attributes: readonly string[];
}): ReactNode {
  const { names } = useProject();
  return (
    <dl className="facts">
      {attributes.map((attribute) => (
        <div key={attribute}>
          <dt>{columnLabel(attribute)}</dt>
          <dd>
            <CellView cell={cellOf(attribute, customer)} timezone={names.timezone} from={Date.now()} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Segments({ customerId }: { readonly customerId: string }): ReactNode {
  const { names } = useProject();
  const answer = useAnswer(CustomerSegmentsDocument, { id: customerId });
  const segments = answer.data?.customer?.segments.edges;
  return (
    <>
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <p className="problem">{answer.failure.message}</p>}
      {segments === undefined && answer.failure === undefined ? <Skeleton lines={2} /> : null}
      {segments?.length === 0 ? <p className="hint">{strings.profile.noSegments}</p> : null}
      <ul className="plain-list">
        {segments?.map(({ since, cause, node }) => (
          <li key={node.id}>
            <Link to="/segments/$id" params={{ id: node.id }}>
              {node.name}
            </Link>
            {since === null ? null : (
              <span className="hint">
                {" "}
                {strings.profile.since(formatMoment(since, names.timezone))}
                {cause === null ? "" : ` · ${strings.feed.causes[cause]}`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

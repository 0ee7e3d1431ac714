// What a distribution would do now: how many it reaches, the message to any of them, and a test of it.
import { Send } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { CustomerInput } from "../audience/CustomerInput.js";
import { customerMeant } from "../audience/find-customer.js";
import { customerText, type MeantCustomer } from "../audience/meant-customer.js";
import { type Answer, useAnswer } from "../data/answer.js";
import { change } from "../data/client.js";
import { audienceStrings } from "../en-audience.js";
import { messageStrings } from "../en-messages.js";
import { Field, Labelled } from "../parts/Field.js";
import { FailureNote, Skeleton, SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import {
  type DistributionDetailsFragment,
  type DistributionReachQuery,
  RecipientsDocument,
  RenderedMessageDocument,
  TestDistributionDocument,
} from "./generated.js";
import { reachableQuery } from "./words.js";

interface Props {
  readonly distribution: DistributionDetailsFragment;
  readonly reach: Answer<DistributionReachQuery>;
}

/** The preview. */
export function Preview({ distribution, reach }: Props): ReactNode {
  return (
    <div className="message-preview">
      <Reach distribution={distribution} reach={reach} />
      <ToSomeone distribution={distribution} />
    </div>
  );
}

function Reach({ distribution, reach: answer }: Props): ReactNode {
  const { reach: words } = messageStrings;
  const reach = answer.data?.distribution?.reach;
  // Only a start writes to all of them at once.
  const isBeforeStart = distribution.trigger === "NOW" && distribution.state === "DRAFT";
  const says = isBeforeStart ? words.wouldGet : words.reachable;
  return (
    <section className="page-section" data-stale={answer.isStale && answer.failure === undefined}>
      <h2>{isBeforeStart ? words.titleBeforeStart : words.title}</h2>
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {reach === undefined ? (
        answer.isLoading && <Skeleton lines={2} />
      ) : (
        <>
          <p>
            <strong className="reach-count">
              {reach.reachable === 0 ? words.noneReached : says(reach.reachable)}
            </strong>
          </p>
          <ul className="hint reach-rest">
            <li>{words.audience(reach.audience)}</li>
            {reach.noConsent === 0 ? null : <li>{words.noConsent(reach.noConsent)}</li>}
            {reach.noAddress === 0 ? null : <li>{words.noAddress(reach.noAddress)}</li>}
          </ul>
        </>
      )}
    </section>
  );
}

function ToSomeone({ distribution }: { readonly distribution: DistributionDetailsFragment }): ReactNode {
  const answer = useAnswer(RecipientsDocument, { query: reachableQuery(distribution) });
  const found = answer.data?.segmentPreview;
  const first = found?.customers.nodes;
  const [chosen, setChosen] = useState<string>();
  const [other, setOther] = useState<MeantCustomer>();
  const { preview: words } = messageStrings;
  if (answer.failure !== undefined) return <FailureNote failure={answer.failure} retry={answer.retry} />;
  if (found === undefined || first === undefined) return <Skeleton lines={6} />;
  const sourceId = chosen ?? first[0]?.sourceId ?? "";
  const isOther = sourceId === "";
  const customer = isOther ? other : first.find((each) => each.sourceId === sourceId);
  return (
    <section className="page-section">
      <h2>{words.title}</h2>
      {!found.valid ? (
        <p className="problem">
          {found.diagnostics.find(({ severity }) => severity === "ERROR")?.message ?? words.nobody}
        </p>
      ) : first.length === 0 ? (
        <p className="hint">{words.nobody}</p>
      ) : (
        <Labelled label={words.who}>
          {(attributes) => (
            <select
              className="field form-narrow"
              {...attributes}
              value={sourceId}
              onChange={({ target }) => setChosen(target.value)}
            >
              {first.map((each) => (
                <option key={each.id} value={each.sourceId}>
                  {customerText(each)}
                </option>
              ))}
              <option value="">{words.someone}</option>
            </select>
          )}
        </Labelled>
      )}
      {isOther ? <ChooseCustomer onChosen={setOther} /> : null}
      {customer === undefined ? null : (
        // Another template is rendered again.
        <Rendered
          key={JSON.stringify([customer.sourceId, distribution.template])}
          distribution={distribution}
          customer={customer}
        />
      )}
    </section>
  );
}

function ChooseCustomer({ onChosen }: { readonly onChosen: (customer: MeantCustomer) => void }): ReactNode {
  const [written, setWritten] = useState("");
  const find = useAction(async () => onChosen(await customerMeant(written)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void find.run();
  };
  return (
    <form className="form form-narrow choose-customer" onSubmit={submit}>
      <CustomerInput
        label={audienceStrings.customer}
        value={written}
        onValue={setWritten}
        mistake={find.problem}
      />
      <button type="submit" className="button button-start" disabled={find.isBusy}>
        {messageStrings.preview.show}
      </button>
    </form>
  );
}

interface RenderedProps {
  readonly distribution: DistributionDetailsFragment;
  readonly customer: MeantCustomer;
}

function Rendered({ distribution, customer }: RenderedProps): ReactNode {
  const { id, channel } = distribution;
  const answer = useAnswer(RenderedMessageDocument, { id, customer: customer.sourceId });
  const { preview: words } = messageStrings;
  if (answer.failure !== undefined) return <FailureNote failure={answer.failure} retry={answer.retry} />;
  const rendered = answer.data?.distribution?.preview;
  if (rendered === undefined) return <Skeleton lines={6} />;
  if (rendered === null) return <p className="problem">{words.missing}</p>;
  const name = words.body(customerText(customer));
  return (
    <div className="rendered">
      {rendered.subject === null ? null : (
        <p>
          <span className="hint">{words.subject}: </span>
          <strong>{rendered.subject}</strong>
        </p>
      )}
      {channel === "EMAIL" ? (
        // Nothing in it runs, and nothing is fetched from elsewhere.
        <>
          <iframe className="rendered-email" title={name} sandbox="" srcDoc={rendered.body} />
          <p className="hint">{words.notShown}</p>
        </>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        <section className="code" tabIndex={0} aria-label={name}>
          {rendered.body}
        </section>
      )}
      {distribution.campaign === null ? null : <p className="hint">{words.sample}</p>}
      <SendTest distribution={distribution} customer={customer} />
    </div>
  );
}

function SendTest({ distribution, customer }: RenderedProps): ReactNode {
  const [to, setTo] = useState("");
  const isEmail = distribution.channel === "EMAIL";
  const test = useAction(async () => {
    const by = { id: distribution.id };
    const whom = { sourceId: customer.sourceId };
    const input = { by, customer: whom, to: isEmail ? to : null };
    refuse((await change(TestDistributionDocument, { input })).distributionTest);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void test.run();
  };
  const { preview: words } = messageStrings;
  return (
    <form className="form form-narrow send-test" onSubmit={submit}>
      {isEmail ? (
        <Field
          label={words.testTo}
          type="email"
          required
          autoComplete="email"
          hint={words.testMore}
          value={to}
          onValue={setTo}
          mistake={test.problem}
        />
      ) : (
        <p className="hint">{words.testMore}</p>
      )}
      {isEmail || test.problem === undefined ? null : (
        <p className="problem" role="alert">
          {test.problem}
        </p>
      )}
      <div className="page-actions">
        <button type="submit" className="button" disabled={test.isBusy}>
          <Send size={15} aria-hidden="true" /> {words.test}
        </button>
        <span role="status">{test.isDone ? words.sent : ""}</span>
      </div>
    </form>
  );
}

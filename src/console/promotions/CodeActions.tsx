// What adds codes to a campaign and hands them out: generated, chosen, published, issued as gift cards; and points.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { CustomerInput } from "../audience/CustomerInput.js";
import { customerMeant } from "../audience/find-customer.js";
import { customerText } from "../audience/meant-customer.js";
import { change } from "../data/client.js";
import { isInProgress, type Job, useJob } from "../data/jobs.js";
import { promotionStrings } from "../en-promotions.js";
import { Field, SelectField, SheetForm } from "../parts/Field.js";
import { formatCount } from "../parts/format.js";
import { Sheet } from "../parts/overlays.js";
import { type Submission, useMistakes } from "../parts/useMistakes.js";
import { useProject } from "../shell/project.js";
import {
  AddPointsDocument,
  type CampaignRowFragment,
  CreateCodeDocument,
  GenerateCodesDocument,
  IssueGiftCardDocument,
  PublishCodeDocument,
  PublishCodesDocument,
} from "./generated.js";

interface Props {
  readonly campaign: CampaignRowFragment;
  readonly onChanged: () => void;
}

interface Outcome {
  /** The job that does the rest. */
  readonly job?: Job | undefined;
  /** What was done, for the reader. */
  readonly said?: string | undefined;
}

interface ActionProps {
  readonly campaign: CampaignRowFragment;
  /** Called when it is done, or a job does it. */
  readonly onDone: (outcome?: Outcome) => void;
}

type Kind = "generate" | "add" | "publish" | "issue" | "addPoints";

const forms: Readonly<Record<Kind, (props: ActionProps) => ReactNode>> = {
  generate: Generate,
  add: AddCode,
  publish: Publish,
  issue: IssueGiftCard,
  addPoints: AddPoints,
};

const kindsOf: Readonly<Record<CampaignRowFragment["kind"], readonly Kind[]>> = {
  DISCOUNT: ["generate", "add", "publish"],
  REFERRAL: ["generate", "add", "publish"],
  GIFT_CARD: ["issue"],
  LOYALTY: ["addPoints"],
};

/** The buttons, and the progress of the job that one of them started. */
export function CodeActions({ campaign, onChanged }: Props): ReactNode {
  const [open, setOpen] = useState<Kind>();
  const [started, setStarted] = useState<Job>();
  const [said, setSaid] = useState<string>();
  const job = useJob(started);
  const isOver = job !== undefined && !isInProgress(job);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the job ends.
  useEffect(() => {
    if (isOver) onChanged();
  }, [isOver]);
  const { codes: words } = promotionStrings;
  const Form = open === undefined ? undefined : forms[open];
  return (
    <>
      <div className="page-actions">
        {kindsOf[campaign.kind].map((kind) => (
          <button key={kind} type="button" className="button" onClick={() => setOpen(kind)}>
            {words[kind]}
          </button>
        ))}
        {job === undefined ? null : <JobState job={job} />}
        <span role="status">{said}</span>
      </div>
      <Sheet
        title={open === undefined ? "" : words[open]}
        isOpen={open !== undefined}
        onClose={() => setOpen(undefined)}
      >
        {Form === undefined ? null : (
          <Form
            campaign={campaign}
            onDone={(outcome = {}) => {
              setOpen(undefined);
              setSaid(outcome.said);
              // A job that was started before is still shown.
              if (outcome.job !== undefined) setStarted(outcome.job);
              onChanged();
            }}
          />
        )}
      </Sheet>
    </>
  );
}

function JobState({ job }: { readonly job: Job }): ReactNode {
  const { codes: words } = promotionStrings;
  const { progress, problem } = job;
  if (problem !== null)
    return (
      <span className="problem" role="alert">
        {problem}
      </span>
    );
  if (progress === null || progress.total === null)
    return isInProgress(job) ? <span role="status">{words.working}</span> : null;
  return (
    <span role="status">{words.publishing(formatCount(progress.done), formatCount(progress.total))}</span>
  );
}

/** How often a code may be redeemed; empty for no limit. */
function LimitField({
  limit,
  onLimit,
  form,
}: {
  readonly limit: string;
  readonly onLimit: (limit: string) => void;
  readonly form: Submission;
}): ReactNode {
  return (
    <Field
      label={promotionStrings.codes.addLimit}
      type="number"
      min={1}
      placeholder={promotionStrings.form.noLimit}
      value={limit}
      onValue={onLimit}
      mistake={form.at("limit")}
    />
  );
}

/** The limit as it is sent; null for none. */
const limitIn = (written: string): number | null => (written === "" ? null : Number(written));

function Generate({ campaign, onDone }: ActionProps): ReactNode {
  const [count, setCount] = useState("10");
  const [pattern, setPattern] = useState("####-####-####");
  const [limit, setLimit] = useState("1");
  const job = useRef<Job>(undefined);
  const { codes: words } = promotionStrings;
  const form = useMistakes(["count", "pattern", "limit"], async () => {
    const input = {
      campaign: { id: campaign.id },
      count: Number(count),
      pattern,
      limit: limitIn(limit),
    };
    const { promotionCodesGenerate } = await change(GenerateCodesDocument, { input });
    job.current = promotionCodesGenerate.job ?? undefined;
    return promotionCodesGenerate.userErrors;
  });
  return (
    <SheetForm form={form} send={words.generate} onDone={() => onDone({ job: job.current })}>
      <Field
        label={words.count}
        type="number"
        required
        min={1}
        max={1_000_000}
        value={count}
        onValue={setCount}
        mistake={form.at("count")}
      />
      <Field
        label={words.pattern}
        required
        hint={words.patternMore}
        value={pattern}
        onValue={setPattern}
        mistake={form.at("pattern")}
      />
      <LimitField limit={limit} onLimit={setLimit} form={form} />
    </SheetForm>
  );
}

function AddCode({ campaign, onDone }: ActionProps): ReactNode {
  const [code, setCode] = useState("");
  const [limit, setLimit] = useState("");
  const { codes: words } = promotionStrings;
  const form = useMistakes(["code", "limit"], async () => {
    const input = { campaign: { id: campaign.id }, code, limit: limitIn(limit) };
    return (await change(CreateCodeDocument, { input })).promotionCodeCreate.userErrors;
  });
  return (
    <SheetForm form={form} send={words.add} onDone={() => onDone()}>
      <Field
        label={words.addCode}
        required
        autoComplete="off"
        value={code}
        onValue={setCode}
        mistake={form.at("code")}
      />
      <LimitField limit={limit} onLimit={setLimit} form={form} />
    </SheetForm>
  );
}

function Publish({ campaign, onDone }: ActionProps): ReactNode {
  const { names } = useProject();
  const segments = names.segments.filter(({ archived }) => !archived);
  const [to, setTo] = useState<"toSegment" | "toCustomer">(segments.length > 0 ? "toSegment" : "toCustomer");
  const [segmentId, setSegmentId] = useState(segments[0]?.id ?? "");
  const [customer, setCustomer] = useState("");
  const outcome = useRef<Outcome>(undefined);
  const { codes: words } = promotionStrings;
  const form = useMistakes(["segmentId", "customer"], async () => {
    const by = { id: campaign.id };
    if (to === "toCustomer") {
      const meant = await customerMeant(customer);
      outcome.current = { said: words.publishedTo(customerText(meant)) };
      const input = { campaign: by, customer: { sourceId: meant.sourceId } };
      return (await change(PublishCodeDocument, { input })).promotionCodePublish.userErrors;
    }
    const input = { campaign: by, segmentId };
    const { promotionCodesPublish } = await change(PublishCodesDocument, { input });
    outcome.current = { job: promotionCodesPublish.job ?? undefined };
    return promotionCodesPublish.userErrors;
  });
  return (
    <SheetForm form={form} send={words.publish} onDone={() => onDone(outcome.current)}>
      <fieldset className="options">
        <legend className="hidden">{words.publish}</legend>
        {(["toSegment", "toCustomer"] as const).map((each) => (
          <label key={each} className="tick">
            <input type="radio" name="to" checked={to === each} onChange={() => setTo(each)} />
            {words[each]}
          </label>
        ))}
      </fieldset>
      {to === "toSegment" ? (
        <SelectField
          label={words.segment}
          options={Object.fromEntries(segments.map(({ id, name }) => [id, name]))}
          value={segmentId}
          onValue={setSegmentId}
          mistake={form.at("segmentId")}
        />
      ) : (
        <CustomerInput
          label={words.customer}
          value={customer}
          onValue={setCustomer}
          mistake={form.at("customer")}
        />
      )}
    </SheetForm>
  );
}

function IssueGiftCard({ campaign, onDone }: ActionProps): ReactNode {
  const { names } = useProject();
  const [customer, setCustomer] = useState("");
  const [amount, setAmount] = useState("");
  const [code, setCode] = useState("");
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const said = useRef<string>(undefined);
  const { codes: words } = promotionStrings;
  const form = useMistakes(["customer", "amount", "code"], async () => {
    const meant = await customerMeant(customer);
    said.current = words.issuedTo(customerText(meant));
    const input = {
      campaign: { id: campaign.id },
      customer: { sourceId: meant.sourceId },
      amount: { amount },
      code: code.trim() === "" ? null : code,
      idempotencyKey,
    };
    return (await change(IssueGiftCardDocument, { input })).giftCardIssue.userErrors;
  });
  return (
    <SheetForm form={form} send={words.issue} onDone={() => onDone({ said: said.current })}>
      <CustomerInput
        label={words.customer}
        value={customer}
        onValue={setCustomer}
        mistake={form.at("customer")}
      />
      <Field
        label={words.issueAmount(names.currency)}
        required
        inputMode="decimal"
        value={amount}
        onValue={setAmount}
        mistake={form.at("amount")}
      />
      <Field
        label={words.ownCode}
        autoComplete="off"
        value={code}
        onValue={setCode}
        mistake={form.at("code")}
      />
    </SheetForm>
  );
}

function AddPoints({ campaign }: ActionProps): ReactNode {
  const [customer, setCustomer] = useState("");
  const [points, setPoints] = useState("");
  const [said, setSaid] = useState<string>();
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const { codes: words } = promotionStrings;
  const form = useMistakes(["customer", "points"], async () => {
    setSaid(undefined);
    const meant = await customerMeant(customer);
    const input = {
      campaign: { id: campaign.id },
      customer: { sourceId: meant.sourceId },
      points: Number(points),
      idempotencyKey,
    };
    const { loyaltyPointsAdd } = await change(AddPointsDocument, { input });
    if (loyaltyPointsAdd.account !== null)
      setSaid(words.balanceNow(customerText(meant), loyaltyPointsAdd.account.balance));
    return loyaltyPointsAdd.userErrors;
  });
  return (
    <SheetForm form={form} send={words.addPoints} onDone={() => setKey(crypto.randomUUID())}>
      <CustomerInput
        label={words.customer}
        value={customer}
        onValue={setCustomer}
        mistake={form.at("customer")}
      />
      <Field
        label={words.points}
        type="number"
        required
        min={1}
        value={points}
        onValue={setPoints}
        mistake={form.at("points")}
      />
      {said === undefined ? null : <p role="status">{said}</p>}
    </SheetForm>
  );
}

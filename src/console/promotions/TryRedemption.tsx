// Whether a customer may redeem a campaign now, and if not, which condition fails. Nothing is changed.
import { Check, Minus } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { CustomerInput } from "../audience/CustomerInput.js";
import { customerMeant } from "../audience/find-customer.js";
import { customerText } from "../audience/meant-customer.js";
import { ask } from "../data/client.js";
import { promotionStrings } from "../en-promotions.js";
import { Field } from "../parts/Field.js";
import { formatMoney } from "../parts/format.js";
import { Section } from "../parts/Page.js";
import { useAction } from "../parts/useAction.js";
import { Reasons } from "../parts/Why.js";
import { useProject } from "../shell/project.js";
import { type CampaignRowFragment, TryRedemptionDocument, type TryRedemptionQuery } from "./generated.js";

interface Tried {
  /** What was asked: the outcome is shown only as long as the form and the campaign still say it. */
  readonly asked: string;
  /** The customer, for the reader. */
  readonly customer: string;
  readonly validation: TryRedemptionQuery["redemptionValidate"];
}

/** The form, and its answer. */
export function TryRedemption({ campaign }: { readonly campaign: CampaignRowFragment }): ReactNode {
  const { names } = useProject();
  const [code, setCode] = useState("");
  const [customer, setCustomer] = useState("");
  const [order, setOrder] = useState("");
  const [points, setPoints] = useState("");
  const [tried, setTried] = useState<Tried>();
  const isPoints = campaign.kind === "LOYALTY";
  const asked = JSON.stringify([campaign, code, customer, order, points]);
  const attempt = useAction(async () => {
    setTried(undefined);
    const meant = await customerMeant(customer);
    const { redemptionValidate } = await ask(
      TryRedemptionDocument,
      {
        target: campaign.requiresCode ? { code: code.trim() } : { campaign: { id: campaign.id } },
        customer: { sourceId: meant.sourceId },
        order: order.trim() === "" ? null : { amount: { amount: order.trim() }, sourceId: null },
        points: isPoints && points !== "" ? Number(points) : null,
      },
      true,
    );
    setTried({ asked, customer: customerText(meant), validation: redemptionValidate });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run();
  };
  const { attempt: words } = promotionStrings;
  return (
    <Section title={words.title}>
      <p className="hint">{words.more}</p>
      <form className="form" onSubmit={submit}>
        {campaign.requiresCode ? (
          <Field label={words.code} required autoComplete="off" value={code} onValue={setCode} />
        ) : null}
        <CustomerInput label={words.customer} value={customer} onValue={setCustomer} />
        <Field label={words.order(names.currency)} inputMode="decimal" value={order} onValue={setOrder} />
        {isPoints ? (
          <Field label={words.points} type="number" min={1} required value={points} onValue={setPoints} />
        ) : null}
        <div className="popup-actions">
          <button type="submit" className="button button-main" disabled={attempt.isBusy}>
            {words.try}
          </button>
        </div>
      </form>
      {attempt.problem === undefined ? null : (
        <p className="problem" role="alert">
          {attempt.problem}
        </p>
      )}
      <div aria-live="polite">{tried?.asked === asked ? <Outcome tried={tried} /> : null}</div>
    </Section>
  );
}

function Outcome({ tried }: { readonly tried: Tried }): ReactNode {
  const { names } = useProject();
  const { attempt: words } = promotionStrings;
  const { valid, discountAmount, obstacles } = tried.validation;
  return (
    <div className="why">
      <p className={valid ? "verdict verdict-in" : "verdict verdict-out"}>
        {valid ? <Check size={16} aria-hidden="true" /> : <Minus size={16} aria-hidden="true" />}
        <span>{tried.customer}:</span>
        <strong>{valid ? words.valid : words.invalid}</strong>
        {valid && discountAmount !== null ? (
          <span>{words.off(formatMoney(discountAmount.amount, names.currency))}</span>
        ) : null}
      </p>
      {obstacles.map(({ kind, message, rule, why }) => (
        <section key={`${kind} ${rule?.name ?? ""}`} className="obstacle" aria-label={message}>
          <p className="problem">{message}</p>
          {why === null ? null : <Reasons why={why} />}
        </section>
      ))}
    </div>
  );
}

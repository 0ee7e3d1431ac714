// A campaign: created, or changed.
import { type ReactNode, useRef, useState } from "react";
import { change } from "../data/client.js";
import { promotionStrings } from "../en-promotions.js";
import { Field, SelectField, SheetForm } from "../parts/Field.js";
import { type Submission, useMistakes } from "../parts/useMistakes.js";
import { useProject } from "../shell/project.js";
import {
  type CampaignKind,
  type CampaignRowFragment,
  CreateCampaignDocument,
  type DiscountInput,
  type RuleRowFragment,
  UpdateCampaignDocument,
} from "./generated.js";

interface Props {
  /** The campaign to change; undefined to create one. */
  readonly campaign: CampaignRowFragment | undefined;
  /** The project's rules. */
  readonly rules: readonly RuleRowFragment[];
  readonly onClose: () => void;
  /** Called with the id of the campaign. */
  readonly onSaved: (id: string) => void;
}

interface Draft {
  readonly name: string;
  readonly kind: CampaignKind;
  readonly isPercent: boolean;
  readonly percent: string;
  readonly maximum: string;
  readonly amount: string;
  readonly pointValue: string;
  readonly pointsDays: string;
  readonly requiresCode: boolean;
  readonly active: boolean;
  /** Ids. */
  readonly rules: readonly string[];
}

/** The paths of the fields that are shown. */
function fieldsOf({ isPercent }: Draft): readonly string[] {
  const discount = isPercent ? ["discount.percent", "discount.percent.maximum"] : ["discount.amount"];
  return ["name", "kind", ...discount, "pointValue", "pointsDays", "requiresCode", "rules"];
}

/** The form. */
export function CampaignForm({ campaign, rules, onClose, onSaved }: Props): ReactNode {
  const [draft, setDraft] = useState(() => draftOf(campaign));
  const saved = useRef<string>(undefined);
  const form = useMistakes(fieldsOf(draft), async () => {
    const payload =
      campaign === undefined
        ? (await change(CreateCampaignDocument, { input: createInput(draft) })).campaignCreate
        : (await change(UpdateCampaignDocument, { input: updateInput(campaign.id, draft) })).campaignUpdate;
    saved.current = payload.campaign?.id;
    return payload.userErrors;
  });
  const done = (): void => {
    if (saved.current !== undefined) onSaved(saved.current);
  };
  const set = (changes: Partial<Draft>): void => setDraft({ ...draft, ...changes });
  const { form: words } = promotionStrings;
  return (
    <SheetForm form={form} send={words.save} onDone={done} onCancel={onClose}>
      <Field
        label={words.name}
        required
        maxLength={200}
        disabled={campaign !== undefined}
        hint={campaign === undefined ? undefined : words.nameFixed}
        value={draft.name}
        onValue={(name) => set({ name })}
        mistake={form.at("name")}
      />
      <SelectField
        label={words.kind}
        options={promotionStrings.kinds}
        disabled={campaign !== undefined}
        value={draft.kind}
        onValue={(kind) => set({ kind })}
        mistake={form.at("kind")}
      />
      <Gives draft={draft} set={set} form={form} />
      {draft.kind === "DISCOUNT" ? (
        <label className="tick">
          <input
            type="checkbox"
            checked={draft.requiresCode}
            onChange={({ target }) => set({ requiresCode: target.checked })}
          />
          {words.requiresCode}
        </label>
      ) : null}
      <fieldset className="options">
        <legend>{words.rules}</legend>
        {rules.length === 0 ? <p className="hint">{words.noRules}</p> : null}
        {rules.map(({ id: rule, name }) => (
          <label key={rule} className="tick">
            <input
              type="checkbox"
              checked={draft.rules.includes(rule)}
              onChange={({ target }) =>
                set({
                  rules: target.checked
                    ? [...draft.rules, rule]
                    : draft.rules.filter((other) => other !== rule),
                })
              }
            />
            {name}
          </label>
        ))}
        {form.at("rules") === undefined ? null : (
          <span className="problem" role="alert">
            {form.at("rules")}
          </span>
        )}
      </fieldset>
    </SheetForm>
  );
}

interface GivesProps {
  readonly draft: Draft;
  readonly set: (changes: Partial<Draft>) => void;
  readonly form: Submission;
}

/** The fields of what a campaign of its kind gives. */
function Gives({ draft, set, form }: GivesProps): ReactNode {
  const { names } = useProject();
  const { form: words } = promotionStrings;
  if (draft.kind === "GIFT_CARD") return null;
  if (draft.kind === "LOYALTY") {
    return (
      <>
        <Field
          label={words.pointValue(names.currency)}
          inputMode="decimal"
          value={draft.pointValue}
          onValue={(pointValue) => set({ pointValue })}
          mistake={form.at("pointValue")}
        />
        <Field
          label={words.pointsDays}
          type="number"
          min={1}
          value={draft.pointsDays}
          onValue={(pointsDays) => set({ pointsDays })}
          mistake={form.at("pointsDays")}
        />
      </>
    );
  }
  return (
    <>
      <SelectField
        label={words.discount}
        options={words.discountKinds}
        value={draft.isPercent ? "percent" : "amount"}
        onValue={(kind) => set({ isPercent: kind === "percent" })}
      />
      {draft.isPercent ? (
        <>
          <Field
            label={words.percent}
            required
            inputMode="decimal"
            value={draft.percent}
            onValue={(percent) => set({ percent })}
            mistake={
              form.at("discount.percent.maximum") === undefined ? form.at("discount.percent") : undefined
            }
          />
          <Field
            label={words.maximum(names.currency)}
            inputMode="decimal"
            value={draft.maximum}
            onValue={(maximum) => set({ maximum })}
            mistake={form.at("discount.percent.maximum")}
          />
        </>
      ) : (
        <Field
          label={words.amount(names.currency)}
          required
          inputMode="decimal"
          value={draft.amount}
          onValue={(amount) => set({ amount })}
          mistake={form.at("discount.amount")}
        />
      )}
    </>
  );
}

function draftOf(campaign: CampaignRowFragment | undefined): Draft {
  const { discount } = campaign ?? {};
  return {
    name: campaign?.name ?? "",
    kind: campaign?.kind ?? "DISCOUNT",
    isPercent: discount?.amount == null,
    percent: discount?.percent ?? "",
    maximum: discount?.maximum?.amount ?? "",
    amount: discount?.amount?.amount ?? "",
    pointValue: campaign?.pointValue?.amount ?? "",
    pointsDays: campaign?.pointsDays == null ? "" : String(campaign.pointsDays),
    requiresCode: campaign?.requiresCode ?? true,
    active: campaign?.active ?? true,
    rules: campaign?.rules.map(({ id }) => id) ?? [],
  };
}

const money = (written: string) => (written.trim() === "" ? null : { amount: written.trim() });

/** What can be changed later too. */
function changeable(draft: Draft) {
  const isPoints = draft.kind === "LOYALTY";
  return {
    discount: discountOf(draft),
    pointValue: isPoints ? money(draft.pointValue) : null,
    pointsDays: isPoints && draft.pointsDays.trim() !== "" ? Number(draft.pointsDays) : null,
    requiresCode: draft.kind === "DISCOUNT" ? draft.requiresCode : null,
    rules: draft.rules.map((id) => ({ id })),
  };
}

function discountOf(draft: Draft): DiscountInput | null {
  if (draft.kind !== "DISCOUNT" && draft.kind !== "REFERRAL") return null;
  if (!draft.isPercent) return { amount: { amount: draft.amount.trim() } };
  return { percent: { percent: draft.percent.trim(), maximum: money(draft.maximum) } };
}

function createInput(draft: Draft) {
  return { name: draft.name, kind: draft.kind, active: draft.active, ...changeable(draft) };
}

function updateInput(id: string, draft: Draft) {
  return { by: { id }, active: null, ...changeable(draft) };
}

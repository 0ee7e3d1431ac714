// A validation rule: created, or replaced under its name.
import { type ReactNode, useState } from "react";
import { AudienceFields, audienceDraft, isValidAudience, savedSentence } from "../audience/AudienceFields.js";
import type { ChosenSegment } from "../audience/audience.js";
import { change } from "../data/client.js";
import { promotionStrings } from "../en-promotions.js";
import { Field, SheetForm } from "../parts/Field.js";
import { useMistakes } from "../parts/useMistakes.js";
import { useProject } from "../shell/project.js";
import { CreateRuleDocument, ReplaceRuleDocument, type RuleRowFragment } from "./generated.js";
import { draftOf, type RuleDraft, ruleInput } from "./rule-draft.js";

interface Props {
  /** The rule to replace; undefined to create one. */
  readonly rule: RuleRowFragment | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const numbers = ["total", "perCustomer", "perDay"] as const;
const fields = [
  "name",
  "audience.query",
  "limits.total",
  "limits.perCustomer",
  "limits.perDay",
  "from",
  "until",
  "minimumOrder",
];

/** The form. */
export function RuleForm({ rule, onClose, onSaved }: Props): ReactNode {
  const { names } = useProject();
  const [draft, setDraft] = useState(() => draftOf(rule, names.timezone));
  const [audience, setAudience] = useState(() => audienceDraft(rule?.query ?? "", segmentsOf(rule)));
  const form = useMistakes(fields, async () => {
    const input = ruleInput(rule, draft, savedSentence(audience), audience.segments, names.timezone);
    return rule === undefined
      ? (await change(CreateRuleDocument, { input })).validationRuleCreate.userErrors
      : (await change(ReplaceRuleDocument, { input })).validationRuleReplace.userErrors;
  });
  const set = (field: keyof RuleDraft) => (value: string) => setDraft({ ...draft, [field]: value });
  const { form: words } = promotionStrings;
  return (
    <SheetForm
      form={form}
      send={words.save}
      isReady={isValidAudience(audience)}
      onDone={onSaved}
      onCancel={onClose}
    >
      <Field
        label={words.name}
        required
        maxLength={200}
        disabled={rule !== undefined}
        hint={rule === undefined ? undefined : words.nameFixed}
        value={draft.name}
        onValue={set("name")}
        mistake={form.at("name")}
      />
      <AudienceFields
        draft={audience}
        onChange={setAudience}
        label={words.sentence}
        mistake={form.at("audience.query")}
        says={promotionStrings.campaign.mayRedeem}
      />
      <fieldset className="field-row">
        <legend>{words.limits}</legend>
        {numbers.map((each) => (
          <Field
            key={each}
            label={words[each]}
            type="number"
            min={1}
            placeholder={words.noLimit}
            value={draft[each]}
            onValue={set(each)}
            mistake={form.at(`limits.${each}`)}
          />
        ))}
        <Field
          label={words.minimumOrder(names.currency)}
          inputMode="decimal"
          value={draft.minimumOrder}
          onValue={set("minimumOrder")}
          mistake={form.at("minimumOrder")}
        />
        {(["from", "until"] as const).map((each) => (
          <Field
            key={each}
            label={words[each]}
            type="datetime-local"
            hint={words.zone(names.timezone)}
            value={draft[each]}
            onValue={set(each)}
            mistake={form.at(each)}
          />
        ))}
      </fieldset>
    </SheetForm>
  );
}

function segmentsOf(rule: RuleRowFragment | undefined): readonly ChosenSegment[] {
  if (rule === undefined) return [];
  return (["allOf", "anyOf", "noneOf"] as const).flatMap((how) =>
    rule[how].map(({ id, name }) => ({ id, name, how })),
  );
}

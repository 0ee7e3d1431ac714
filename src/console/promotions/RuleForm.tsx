// A validation rule: created, or replaced under its name.
import { type FormEvent, type ReactNode, useState } from "react";
import { useAnswer, useRested } from "../data/answer.js";
import { change } from "../data/client.js";
import {
  AudienceCountDocument,
  CreateRuleDocument,
  ReplaceRuleDocument,
  type RuleRowFragment,
} from "../data/generated.js";
import { strings } from "../en.js";
import { promotionStrings } from "../en-promotions.js";
import { SentenceEditor } from "../explore/SentenceEditor.js";
import type { Analysis } from "../language/protocol.js";
import { Field, FormEnd } from "../parts/Field.js";
import { formatCount } from "../parts/format.js";
import { useMistakes } from "../parts/useMistakes.js";
import { useProject } from "../shell/project.js";
import { draftOf, type RuleDraft, ruleInput, sentenceOf } from "./rule-draft.js";
import { audienceOf, type ChosenSegment } from "./rule-words.js";
import { SegmentChoices } from "./SegmentChoices.js";

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
  const [query, setQuery] = useState(rule?.query ?? "");
  const [given] = useState({ text: query, turn: 0 });
  const [analysis, setAnalysis] = useState<Analysis>();
  const [segments, setSegments] = useState(() => segmentsOf(rule));
  const isValid = query.trim() === "" || (analysis?.text === query && analysis.valid);
  const form = useMistakes(fields, async () => {
    const input = ruleInput(rule, draft, sentenceOf(query, analysis), segments, names.timezone);
    return rule === undefined
      ? (await change(CreateRuleDocument, { input })).validationRuleCreate.userErrors
      : (await change(ReplaceRuleDocument, { input })).validationRuleReplace.userErrors;
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void form.run().then((isDone) => isDone && onSaved());
  };
  const set = (field: keyof RuleDraft) => (value: string) => setDraft({ ...draft, [field]: value });
  const { form: words } = promotionStrings;
  return (
    <form className="sheet-body form" onSubmit={submit}>
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
      <div className="labelled">
        <span aria-hidden="true">{words.sentence}</span>
        <div className="sentence-field">
          <SentenceEditor
            given={given}
            asOf={undefined}
            label={words.sentence}
            onText={setQuery}
            onAnalysis={setAnalysis}
          />
        </div>
        {isValid || analysis === undefined ? null : (
          <span className="problem">{analysis.diagnostics[0]?.message}</span>
        )}
        {form.at("audience.query") === undefined ? null : (
          <span className="problem" role="alert">
            {form.at("audience.query")}
          </span>
        )}
      </div>
      <SegmentChoices segments={segments} onChange={setSegments} />
      <MayRedeem query={isValid ? audienceOf(query, segments) : undefined} />
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
      <FormEnd others={form.others}>
        <button type="submit" className="button button-main" disabled={form.isBusy || !isValid}>
          {words.save}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {strings.save.cancel}
        </button>
      </FormEnd>
    </form>
  );
}

const countRestMs = 200;

/** How many customers may redeem under a sentence; undefined while it has mistakes. */
export function MayRedeem({ query }: { readonly query: string | undefined }): ReactNode {
  const { everyone } = useProject();
  const rested = useRested(query, countRestMs);
  const answer = useAnswer(
    AudienceCountDocument,
    rested === undefined || rested === "" ? undefined : { query: rested, asOf: null },
  );
  const count = rested === "" ? everyone : answer.data?.segmentPreview.count;
  const isStale = query === undefined || rested !== query || (query !== "" && answer.isStale);
  return (
    <p className="may-redeem" data-stale={isStale} aria-live="polite">
      <span>
        {promotionStrings.campaign.mayRedeem(
          count === undefined || count === null ? strings.state.unknown : formatCount(count),
        )}
      </span>
    </p>
  );
}

function segmentsOf(rule: RuleRowFragment | undefined): readonly ChosenSegment[] {
  if (rule === undefined) return [];
  return (["allOf", "anyOf", "noneOf"] as const).flatMap((how) =>
    rule[how].map(({ id, name }) => ({ id, name, how })),
  );
}

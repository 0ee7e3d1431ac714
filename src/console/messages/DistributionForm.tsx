// A distribution: created, or what can still be changed of it.
import { type ReactNode, useRef, useState } from "react";
import { AudienceFields, audienceDraft, isValidAudience, savedSentence } from "../audience/AudienceFields.js";
import { audienceInput } from "../audience/audience.js";
import { useAnswer } from "../data/answer.js";
import { change } from "../data/client.js";
import { DefineConsentsDocument } from "../data/generated.js";
import { messageStrings } from "../en-messages.js";
import { Field, Labelled, SelectField, SheetForm } from "../parts/Field.js";
import { type Submission, useMistakes } from "../parts/useMistakes.js";
import { useProject } from "../shell/project.js";
import { createInput, type DistributionDraft, draftOf, liveSegments, updateInput } from "./draft.js";
import {
  CodeCampaignsDocument,
  CreateDistributionDocument,
  type DistributionDetailsFragment,
  UpdateDistributionDocument,
} from "./generated.js";
import { TemplateFields } from "./TemplateFields.js";

interface Props {
  /** The distribution to change; undefined to create one. */
  readonly distribution: DistributionDetailsFragment | undefined;
  readonly onClose: () => void;
  /** Called with the id of the distribution. */
  readonly onSaved: (id: string) => void;
}

const fields = [
  "name",
  "purpose",
  "url",
  "template.subject",
  "template.body",
  "audience.query",
  "trigger",
  "consent",
  "campaign",
  "ratePerMinute",
];

/** The form. */
export function DistributionForm({ distribution, onClose, onSaved }: Props): ReactNode {
  const { names, refresh } = useProject();
  const [draft, setDraft] = useState(() => draftOf(distribution, names));
  const [audience, setAudience] = useState(() => audienceDraft());
  const isNew = distribution === undefined;
  const saved = useRef(distribution?.id);
  const form = useMistakes(fields, async () => {
    if (!isNew) {
      const input = updateInput(distribution.id, draft);
      return (await change(UpdateDistributionDocument, { input })).distributionUpdate.userErrors;
    }
    if (!names.consents.includes(draft.consent)) {
      const input = { names: [draft.consent] };
      const { userErrors } = (await change(DefineConsentsDocument, { input })).consentDefine;
      if (userErrors.length > 0)
        return userErrors.map(({ message }) => ({ field: ["input", "consent"], message }));
      await refresh();
    }
    const chosen = audienceInput(savedSentence(audience), audience.segments);
    const input = createInput(draft, chosen, names.timezone);
    const { distributionCreate } = await change(CreateDistributionDocument, { input });
    saved.current = distributionCreate.distribution?.id;
    return distributionCreate.userErrors;
  });
  const set = (changes: Partial<DistributionDraft>): void => setDraft({ ...draft, ...changes });
  const { form: words } = messageStrings;
  return (
    <SheetForm
      form={form}
      send={words.save}
      isReady={isValidAudience(audience)}
      onDone={() => saved.current !== undefined && onSaved(saved.current)}
      onCancel={onClose}
    >
      {isNew ? (
        <Field
          label={words.name}
          required
          maxLength={200}
          value={draft.name}
          onValue={(name) => set({ name })}
          mistake={form.at("name")}
        />
      ) : null}
      <Field
        label={words.purpose}
        required
        maxLength={500}
        value={draft.purpose}
        onValue={(purpose) => set({ purpose })}
        mistake={form.at("purpose")}
      />
      {isNew ? (
        <>
          <AudienceFields
            draft={audience}
            onChange={setAudience}
            label={words.audience}
            mistake={form.at("audience.query")}
            says={words.inAudience}
          />
          <div className="field-row">
            <TriggerFields draft={draft} set={set} form={form} />
            <Permission draft={draft} set={set} form={form} />
            <Campaign draft={draft} set={set} form={form} />
          </div>
        </>
      ) : null}
      <div className="field-row">
        {isNew ? (
          <SelectField
            label={words.channel}
            options={messageStrings.channels}
            value={draft.channel}
            onValue={(channel) => set({ channel })}
          />
        ) : null}
        <Field
          label={words.rate}
          type="number"
          required
          min={1}
          value={draft.rate}
          onValue={(rate) => set({ rate })}
          mistake={form.at("ratePerMinute")}
        />
      </div>
      {draft.channel === "WEBHOOK" ? (
        <Field
          label={words.url}
          type="url"
          required
          placeholder="https://"
          value={draft.url}
          onValue={(url) => set({ url })}
          mistake={form.at("url")}
        />
      ) : null}
      <TemplateFields draft={draft} set={set} form={form} />
    </SheetForm>
  );
}

interface PartProps {
  readonly draft: DistributionDraft;
  readonly set: (changes: Partial<DistributionDraft>) => void;
  readonly form: Submission;
}

function TriggerFields({ draft, set, form }: PartProps): ReactNode {
  const { names } = useProject();
  const { form: words } = messageStrings;
  const segments = liveSegments(names);
  const ofSegment = draft.trigger === "ENTERED" || draft.trigger === "LEFT";
  const missing =
    ofSegment && segments.length === 0
      ? words.noSegments
      : draft.trigger === "EVENT" && names.events.length === 0
        ? words.noEvents
        : undefined;
  return (
    <>
      <SelectField
        label={words.when}
        options={messageStrings.triggers}
        value={draft.trigger}
        onValue={(trigger) => set({ trigger })}
        mistake={missing ?? form.at("trigger")}
      />
      {draft.trigger === "AT" ? (
        <Field
          label={words.at}
          type="datetime-local"
          required
          hint={words.zone(names.timezone)}
          value={draft.at}
          onValue={(at) => set({ at })}
        />
      ) : null}
      {ofSegment && segments.length > 0 ? (
        <SelectField
          label={words.segment}
          options={Object.fromEntries(segments.map(({ id, name }) => [id, name]))}
          value={draft.segment}
          onValue={(segment) => set({ segment })}
        />
      ) : null}
      {draft.trigger === "EVENT" && names.events.length > 0 ? (
        <SelectField
          label={words.event}
          options={Object.fromEntries(names.events.map(({ name }) => [name, name]))}
          value={draft.event}
          onValue={(event) => set({ event })}
        />
      ) : null}
    </>
  );
}

function Permission({ draft, set, form }: PartProps): ReactNode {
  const { names } = useProject();
  const [known] = useState(names.consents);
  const { form: words } = messageStrings;
  if (known.length === 0)
    return (
      <Field
        label={words.consent}
        required
        hint={words.noConsents}
        placeholder={words.newConsent}
        value={draft.consent}
        onValue={(consent) => set({ consent })}
        mistake={form.at("consent")}
      />
    );
  return (
    <SelectField
      label={words.consent}
      options={Object.fromEntries(known.map((consent) => [consent, consent]))}
      value={draft.consent}
      onValue={(consent) => set({ consent })}
      mistake={form.at("consent")}
    />
  );
}

function Campaign({ draft, set, form }: PartProps): ReactNode {
  const { data } = useAnswer(CodeCampaignsDocument, {});
  const { form: words } = messageStrings;
  const campaigns = data?.campaigns.nodes.filter(({ kind }) => kind === "DISCOUNT" || kind === "REFERRAL");
  return (
    <Labelled label={words.campaign} mistake={form.at("campaign")}>
      {(attributes) => (
        <select
          className="field"
          {...attributes}
          value={draft.campaign}
          onChange={({ target }) => set({ campaign: target.value })}
        >
          <option value="">{words.noCampaign}</option>
          {campaigns?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

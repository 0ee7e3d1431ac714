// The project, and the webhooks that receive transitions.
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { type Answer, useAnswer } from "../data/answer.js";
import { change } from "../data/client.js";
import {
  ApiKeysDocument,
  CreateWebhookDocument,
  UpdateProjectDocument,
  WebhooksDocument,
  type WebhooksQuery,
} from "../data/generated.js";
import { strings } from "../en.js";
import { Page, Section } from "../parts/Page.js";
import { EmptyNote, FailureNote, Skeleton, SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { ApiKeys } from "./ApiKeys.js";
import { Secret, WebhookCard } from "./WebhookCard.js";

/** How often the state of the deliveries is read while the page is open, in milliseconds. */
const deliveriesMs = 3_000;

/** The page. */
export function SettingsPage(): ReactNode {
  const keys = useAnswer(ApiKeysDocument, {});
  const webhooks = useAnswer(WebhooksDocument, {});
  useEffect(() => {
    const timer = setInterval(() => document.hidden || webhooks.retry(), deliveriesMs);
    return () => clearInterval(timer);
  }, [webhooks.retry]);
  // Shown together, so that one list does not move the other.
  const isLoading = [keys, webhooks].some(({ data, failure }) => data === undefined && failure === undefined);
  return (
    <Page
      title={strings.nav.settings}
      actions={
        <a className="button" href="/playground">
          {strings.settings.playground}
        </a>
      }
    >
      <ProjectSettings />
      {isLoading ? (
        <>
          <SlowNote answer={keys} />
          <Skeleton lines={8} />
        </>
      ) : (
        <>
          <ApiKeys answer={keys} />
          <Webhooks answer={webhooks} />
        </>
      )}
    </Page>
  );
}

function ProjectSettings(): ReactNode {
  const { names, refresh } = useProject();
  const [timezone, setTimezone] = useState(names.timezone);
  const [currency, setCurrency] = useState(names.currency);
  const save = useAction(async () => {
    const input = {
      ...(timezone === names.timezone ? {} : { timezone }),
      ...(currency === names.currency ? {} : { currency }),
    };
    refuse((await change(UpdateProjectDocument, { input })).projectUpdate);
    await refresh();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <Section title={strings.settings.project}>
      <form className="form form-narrow" onSubmit={submit}>
        <p className="hint">{strings.settings.projectMore(names.project)}</p>
        <label className="labelled">
          <span>{strings.settings.timezone}</span>
          <input
            className="field"
            required
            list="timezones"
            value={timezone}
            onChange={({ target }) => setTimezone(target.value)}
          />
          <datalist id="timezones">
            {Intl.supportedValuesOf("timeZone").map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </label>
        <label className="labelled">
          <span>{strings.settings.currency}</span>
          <input
            className="field"
            required
            maxLength={3}
            value={currency}
            onChange={({ target }) => setCurrency(target.value.toUpperCase())}
          />
        </label>
        {save.problem === undefined ? null : (
          <p className="problem" role="alert">
            {save.problem}
          </p>
        )}
        <div className="popup-actions">
          <button
            type="submit"
            className="button button-main"
            disabled={save.isBusy || (timezone === names.timezone && currency === names.currency)}
          >
            {strings.save.save}
          </button>
          {save.isDone ? <span role="status">{strings.state.saved}</span> : null}
        </div>
      </form>
    </Section>
  );
}

function Webhooks({ answer }: { readonly answer: Answer<WebhooksQuery> }): ReactNode {
  const [url, setUrl] = useState("");
  const [secret, setSecret] = useState<string>();
  const create = useAction(async () => {
    const { webhookCreate } = await change(CreateWebhookDocument, { input: { url } });
    refuse(webhookCreate);
    setUrl("");
    setSecret(webhookCreate.secret ?? undefined);
    answer.retry();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void create.run();
  };
  const webhooks = answer.data?.webhooks.nodes;
  return (
    <Section title={strings.settings.webhooks}>
      <p className="hint">{strings.settings.webhooksMore}</p>
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {webhooks?.length === 0 ? (
        <EmptyNote title={strings.settings.noWebhooks} more={strings.settings.noWebhooksMore} />
      ) : null}
      <ul className="cards">
        {webhooks?.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} onChanged={answer.retry} />
        ))}
      </ul>
      <form className="inline-form" onSubmit={submit}>
        <input
          className="field"
          type="url"
          required
          placeholder="https://"
          aria-label={strings.settings.url}
          value={url}
          onChange={({ target }) => setUrl(target.value)}
        />
        <button type="submit" className="button" disabled={create.isBusy}>
          {strings.settings.addWebhook}
        </button>
        {create.problem === undefined ? null : (
          <p className="problem" role="alert">
            {create.problem}
          </p>
        )}
      </form>
      {secret === undefined ? null : <Secret secret={secret} />}
    </Section>
  );
}

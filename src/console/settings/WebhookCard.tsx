// A webhook: whether it delivers, its pending deliveries, its dead letters, and a way to replay those.
import { RotateCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { change } from "../data/client.js";
import {
  DeleteWebhookDocument,
  ReplayWebhookDocument,
  UpdateWebhookDocument,
  type WebhookRowFragment,
} from "../data/generated.js";
import { strings } from "../en.js";
import { formatMoment } from "../parts/format.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";

interface Props {
  readonly webhook: WebhookRowFragment;
  readonly onChanged: () => void;
}

/** One webhook. */
export function WebhookCard({ webhook, onChanged }: Props): ReactNode {
  const { names } = useProject();
  const { id, url, enabled, progress, deadLetters } = webhook;
  const deadLettersCount = deadLetters.totalCount ?? deadLetters.nodes.length;
  const [secret, setSecret] = useState<string>();
  const update = useAction(async (input: { enabled?: boolean; rotateSecret?: boolean }) => {
    const { webhookUpdate } = await change(UpdateWebhookDocument, { input: { id, ...input } });
    refuse(webhookUpdate);
    if (webhookUpdate.secret !== null) setSecret(webhookUpdate.secret);
    onChanged();
  });
  const remove = useAction(async () => {
    refuse((await change(DeleteWebhookDocument, { id })).webhookDelete);
    onChanged();
  });
  const replay = useAction(async (deadLetterIds: readonly string[] | null) => {
    refuse((await change(ReplayWebhookDocument, { input: { id, deadLetterIds } })).webhookReplay);
    onChanged();
  });
  const problem = update.problem ?? remove.problem ?? replay.problem;
  return (
    <li className="card">
      <header className="list-header">
        <strong className="card-title">{url}</strong>
        <label className="tick">
          <input
            type="checkbox"
            checked={enabled}
            disabled={update.isBusy}
            onChange={({ target }) => void update.run({ enabled: target.checked })}
          />
          {strings.settings.enabled}
        </label>
      </header>
      <p className="hint">
        {strings.settings.waiting(progress.waiting)} ·{" "}
        {webhook.segments === null
          ? strings.settings.everySegment
          : strings.settings.someSegments(webhook.segments.length)}
      </p>
      {webhook.disabledBecause === null ? null : <p className="problem">{webhook.disabledBecause}</p>}
      {progress.problem === null ? null : (
        <p className="problem">
          {progress.problem}{" "}
          {progress.retryAt === null
            ? ""
            : strings.settings.retryAt(formatMoment(progress.retryAt, names.timezone))}
        </p>
      )}
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {deadLettersCount === 0 ? null : (
        <DeadLetters
          deadLetters={deadLetters.nodes}
          count={deadLettersCount}
          isBusy={replay.isBusy}
          onReplay={(ids) => void replay.run(ids)}
        />
      )}
      {secret === undefined ? null : <Secret secret={secret} />}
      <div className="popup-actions">
        <button
          type="button"
          className="button button-small"
          onClick={() => void update.run({ rotateSecret: true })}
        >
          {strings.settings.rotate}
        </button>
        <button type="button" className="button button-small button-danger" onClick={() => void remove.run()}>
          {strings.segments.delete}
        </button>
      </div>
    </li>
  );
}

interface DeadProps {
  readonly deadLetters: WebhookRowFragment["deadLetters"]["nodes"];
  readonly count: number;
  readonly isBusy: boolean;
  readonly onReplay: (ids: readonly string[] | null) => void;
}

function DeadLetters({ deadLetters, count, isBusy, onReplay }: DeadProps): ReactNode {
  const { names } = useProject();
  return (
    <details className="definition">
      <summary>{strings.settings.deadLetters(count)}</summary>
      <ul className="plain-list">
        {deadLetters.map(({ id, at, attempts, transitionsCount, problem }) => (
          <li key={id} className="dead-letter">
            <span>
              {formatMoment(at, names.timezone)} · {strings.settings.attempts(attempts)} ·{" "}
              {strings.settings.changes(transitionsCount)}
              <span className="hint">{problem}</span>
            </span>
            <button
              type="button"
              className="button button-small"
              disabled={isBusy}
              onClick={() => onReplay([id])}
            >
              <RotateCw size={13} aria-hidden="true" /> {strings.settings.replay}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button button-small" disabled={isBusy} onClick={() => onReplay(null)}>
        {strings.settings.replayAll}
      </button>
    </details>
  );
}

/** A secret, shown this once. */
export function Secret({ secret }: { readonly secret: string }): ReactNode {
  return (
    <p className="notice" role="status">
      <span>{strings.settings.secret}</span>
      <code className="secret">{secret}</code>
    </p>
  );
}

// A source: what it received, what was rejected and why, and what can be done with it.
import { KeyRound, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { change } from "../data/client.js";
import { sourceStrings } from "../en-sources.js";
import { Field, SheetForm } from "../parts/Field.js";
import { formatAgo, formatMoment } from "../parts/format.js";
import { Sheet } from "../parts/overlays.js";
import { Sure } from "../parts/Sure.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useMistakes } from "../parts/useMistakes.js";
import { useProject } from "../shell/project.js";
import { Connected } from "./Connected.js";
import { DeleteSourceDocument, type SourceRowFragment, UpdateSourceDocument } from "./generated.js";

interface Props {
  readonly source: SourceRowFragment;
  readonly onChanged: () => void;
}

/** The systems that show the secret that they sign with. */
const showTheirSecret: ReadonlySet<SourceRowFragment["kind"]> = new Set(["SHOPIFY", "INTERCOM"]);

/** What an update leaves as it is. */
const unchanged = {
  api: null,
  enabled: null,
  keepUnknown: null,
  name: null,
  rotateSecret: null,
  secret: null,
};

/** One source. */
export function SourceCard({ source, onChanged }: Props): ReactNode {
  const { id, name, kind, enabled, lastReceivedAt } = source;
  const { list: words, kinds, form } = sourceStrings;
  const [now] = useState(() => Date.now());
  const [isEntering, setEntering] = useState(false);
  const [secret, setSecret] = useState<string>();
  const close = (): void => setEntering(false);
  const update = useAction(async (changes: Partial<typeof unchanged> | { enabled: boolean }) => {
    const input = { ...unchanged, id, ...changes };
    refuse((await change(UpdateSourceDocument, { input })).sourceUpdate);
    onChanged();
  });
  const rotate = useAction(async () => {
    const input = { ...unchanged, id, rotateSecret: true };
    const { sourceUpdate } = await change(UpdateSourceDocument, { input });
    refuse(sourceUpdate);
    setSecret(sourceUpdate.secret ?? undefined);
  });
  const remove = useAction(async () => {
    refuse((await change(DeleteSourceDocument, { id })).sourceDelete);
    onChanged();
  });
  const problem = update.problem ?? rotate.problem;
  return (
    <li className="card">
      <header className="list-header">
        <strong className="card-title">{name}</strong>
        <label className="tick">
          <input
            type="checkbox"
            checked={enabled}
            disabled={update.isBusy}
            onChange={({ target }) => void update.run({ enabled: target.checked })}
          />
          {words.receiving}
          <span className="hidden"> {name}</span>
        </label>
      </header>
      <p>
        {kinds[kind]} ·{" "}
        {lastReceivedAt === null
          ? words.never
          : words.last(formatAgo(lastReceivedAt, Math.max(now, Date.parse(lastReceivedAt))))}
        {enabled ? null : ` · ${words.paused}`}
      </p>
      <Counts source={source} />
      <p className="hint">
        {words.address}: <code className="secret">{source.path}</code>
      </p>
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {secret === undefined ? null : <Connected source={source} secret={secret} />}
      <div className="page-actions">
        {showTheirSecret.has(kind) ? (
          <button type="button" className="button button-small" onClick={() => setEntering(true)}>
            <KeyRound size={14} aria-hidden="true" /> {words.enterSecret}
            <span className="hidden"> {name}</span>
          </button>
        ) : (
          <button
            type="button"
            className="button button-small"
            disabled={rotate.isBusy}
            onClick={() => void rotate.run()}
          >
            <KeyRound size={14} aria-hidden="true" /> {words.newSecret}
            <span className="hidden"> {name}</span>
          </button>
        )}
        <Sure action={remove} sure={words.removeSure} keep={words.keep}>
          {(ask) => (
            <button
              type="button"
              className="button button-small button-danger"
              aria-label={words.remove(name)}
              onClick={ask}
            >
              <Trash2 size={14} aria-hidden="true" />
            </button>
          )}
        </Sure>
      </div>
      <Sheet title={form.replaceTitle(name)} isOpen={isEntering} onClose={close}>
        <SecretForm
          id={id}
          onClose={close}
          onSaved={() => {
            close();
            onChanged();
          }}
        />
      </Sheet>
    </li>
  );
}

/** The numbers of deliveries, and why the last ones were rejected. */
function Counts({ source }: { readonly source: SourceRowFragment }): ReactNode {
  const { names } = useProject();
  const { acceptedCount, ignoredCount, rejectedCount, problems } = source;
  const { list: words } = sourceStrings;
  return (
    <>
      <p className="segment-facts">
        <span>{words.accepted(acceptedCount)}</span> · <span>{words.ignored(ignoredCount)}</span> ·{" "}
        <span className={rejectedCount > 0 ? "problem" : undefined}>{words.rejected(rejectedCount)}</span>
      </p>
      {problems.length === 0 ? null : (
        <details className="definition">
          <summary>{words.problems(problems.length)}</summary>
          <ul className="plain-list">
            {problems.map(({ at, topic, message }) => (
              <li key={`${at} ${topic} ${message}`}>
                {topic === "" ? words.noTopic : topic}
                <span className="hint"> · {formatMoment(at, names.timezone)}</span>
                <span className="problem table-sub">{message}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface SecretProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function SecretForm({ id, onClose, onSaved }: SecretProps): ReactNode {
  const [secret, setSecret] = useState("");
  const form = useMistakes(["secret"], async () => {
    const input = { ...unchanged, id, secret: secret.trim() };
    return (await change(UpdateSourceDocument, { input })).sourceUpdate.userErrors;
  });
  const { form: words } = sourceStrings;
  return (
    <SheetForm form={form} send={words.saveSecret} onDone={onSaved} onCancel={onClose}>
      <Field
        label={words.replaceSecret}
        required
        autoComplete="off"
        hint={words.replaceMore}
        value={secret}
        onValue={setSecret}
        mistake={form.at("secret")}
      />
    </SheetForm>
  );
}

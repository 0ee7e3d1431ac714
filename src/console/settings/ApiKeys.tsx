// The project's API keys: created, shown once, revoked.
import { type FormEvent, type ReactNode, useState } from "react";
import type { Answer } from "../data/answer.js";
import { change } from "../data/client.js";
import {
  type ApiKeyScope,
  type ApiKeysQuery,
  CreateApiKeyDocument,
  RevokeApiKeyDocument,
} from "../data/generated.js";
import { sessionKey, signIn, signOut } from "../data/session.js";
import { strings } from "../en.js";
import { formatAgo } from "../parts/format.js";
import { Section } from "../parts/Page.js";
import { EmptyNote, FailureNote, SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { Secret } from "./WebhookCard.js";

const scopes: readonly ApiKeyScope[] = ["ADMIN", "WRITE", "READ", "TRACK"];

type Key = ApiKeysQuery["apiKeys"]["nodes"][number];

/** The section of the settings. */
export function ApiKeys({ answer }: { readonly answer: Answer<ApiKeysQuery> }): ReactNode {
  const [created, setCreated] = useState<string>();
  const keys = answer.data?.apiKeys.nodes;
  const create = useAction(async (name: string, scope: ApiKeyScope) => {
    const { apiKeyCreate } = await change(CreateApiKeyDocument, { input: { name, scope, expiresAt: null } });
    refuse(apiKeyCreate);
    const key = apiKeyCreate.key ?? undefined;
    setCreated(key);
    // Once there is a key, the console needs one itself.
    if (key !== undefined && scope === "ADMIN" && sessionKey() === undefined) signIn(key, false);
    answer.retry();
  });
  return (
    <Section title={strings.settings.keys} actions={sessionKey() === undefined ? undefined : <SignOut />}>
      <p className="hint">{strings.settings.keysMore}</p>
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {keys?.length === 0 ? (
        <EmptyNote title={strings.settings.noKeys} more={strings.settings.noKeysMore} />
      ) : null}
      <ul className="plain-list">
        {keys?.map((key) => (
          <KeyRow key={key.id} apiKey={key} onChanged={answer.retry} />
        ))}
      </ul>
      <NewKey
        isFirst={keys?.length === 0}
        isBusy={create.isBusy}
        problem={create.problem}
        onCreate={(name, scope) => create.run(name, scope)}
      />
      {created === undefined ? null : <Secret secret={created} />}
    </Section>
  );
}

function SignOut(): ReactNode {
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        signOut();
        location.reload();
      }}
    >
      {strings.signIn.signOut}
    </button>
  );
}

function KeyRow({ apiKey, onChanged }: { readonly apiKey: Key; readonly onChanged: () => void }): ReactNode {
  const { id, name, scope, lastUsedAt, revokedAt, expiresAt } = apiKey;
  const [now] = useState(() => Date.now());
  const revoke = useAction(async () => {
    refuse((await change(RevokeApiKeyDocument, { id })).apiKeyRevoke);
    onChanged();
  });
  const isExpired = expiresAt !== null && Date.parse(expiresAt) <= now;
  const state =
    revokedAt !== null
      ? strings.settings.keyRevoked
      : isExpired
        ? strings.settings.keyExpired
        : lastUsedAt === null
          ? strings.settings.keyUnused
          : strings.settings.keyUsed(formatAgo(lastUsedAt, now));
  return (
    <li className="dead-letter">
      <span>
        {name} · {strings.settings.scopes[scope]}
        <span className="hint">{state}</span>
        {revoke.problem === undefined ? null : (
          <span className="problem" role="alert">
            {revoke.problem}
          </span>
        )}
      </span>
      {revokedAt === null && !isExpired ? (
        <button
          type="button"
          className="button button-small button-danger"
          disabled={revoke.isBusy}
          onClick={() => void revoke.run()}
        >
          {strings.settings.revoke}
        </button>
      ) : null}
    </li>
  );
}

interface NewProps {
  /** True for the first key, which must be able to create others. */
  readonly isFirst: boolean;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  readonly onCreate: (name: string, scope: ApiKeyScope) => Promise<boolean>;
}

function NewKey({ isFirst, isBusy, problem, onCreate }: NewProps): ReactNode {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<ApiKeyScope>("ADMIN");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onCreate(name, isFirst ? "ADMIN" : scope).then((isDone) => {
      if (isDone) setName("");
    });
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <input
        className="field"
        required
        maxLength={100}
        aria-label={strings.settings.keyName}
        placeholder={strings.settings.keyName}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <select
        className="field"
        aria-label={strings.settings.keyScope}
        disabled={isFirst}
        value={isFirst ? "ADMIN" : scope}
        onChange={({ target }) => setScope(scopes.find((each) => each === target.value) ?? scope)}
      >
        {scopes.map((each) => (
          <option key={each} value={each}>
            {strings.settings.scopes[each]}
          </option>
        ))}
      </select>
      <button type="submit" className="button" disabled={isBusy}>
        {strings.settings.addKey}
      </button>
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

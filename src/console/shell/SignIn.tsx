// Signing in with an API key, if the server asks for one.
import { type FormEvent, type ReactNode, useState } from "react";
import { sessionKey, signIn } from "../data/session.js";
import { strings } from "../en.js";

interface Props {
  /** The server's reason for refusing. */
  readonly message: string;
  readonly onSignedIn: () => void;
}

/** The page in place of all others while there is no valid key. */
export function SignIn({ message, onSignedIn }: Props): ReactNode {
  const [key, setKey] = useState("");
  const [keep, setKeep] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn(key, keep);
    onSignedIn();
  };
  return (
    <div className="plain-page sign-in">
      <h1>{strings.signIn.title}</h1>
      <p className="hint">{strings.signIn.more}</p>
      <form className="form form-narrow" onSubmit={submit}>
        <label className="labelled">
          <span>{strings.signIn.key}</span>
          <input
            className="field"
            type="password"
            required
            autoComplete="current-password"
            value={key}
            onChange={({ target }) => setKey(target.value)}
          />
        </label>
        <label className="check">
          <input type="checkbox" checked={keep} onChange={({ target }) => setKeep(target.checked)} />
          {strings.signIn.keep}
        </label>
        {sessionKey() === undefined ? null : (
          <p className="problem" role="alert">
            {message}
          </p>
        )}
        <div className="popup-actions">
          <button type="submit" className="button button-main">
            {strings.signIn.signIn}
          </button>
        </div>
      </form>
    </div>
  );
}

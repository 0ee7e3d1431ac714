// A system is connected: which one, what it is called, and what proves its deliveries.
import { type ReactNode, useState } from "react";
import { change } from "../data/client.js";
import { sourceStrings } from "../en-sources.js";
import { Field, SelectField, SheetForm } from "../parts/Field.js";
import { useMistakes } from "../parts/useMistakes.js";
import { Connected } from "./Connected.js";
import { CreateSourceDocument, type SourceKind, type SourceRowFragment } from "./generated.js";

interface Props {
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const fields = ["name", "kind", "secret", "api.url", "api.token"];

interface Made {
  readonly source: SourceRowFragment;
  readonly secret: string | undefined;
}

/** The form, and after it what is to be entered at the other system. */
export function SourceForm({ onClose, onSaved }: Props): ReactNode {
  const [kind, setKind] = useState<SourceKind>("SHOPIFY");
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [url, setUrl] = useState("");
  const [token, setToken] = useState("");
  const [keepUnknown, setKeepUnknown] = useState(true);
  const [made, setMade] = useState<Made>();
  const form = useMistakes(fields, async () => {
    const api = kind === "BIGCOMMERCE" ? { url, token } : null;
    const given = secret.trim() === "" ? null : secret.trim();
    const input = { kind, name, secret: given, api, keepUnknown, enabled: true };
    const { sourceCreate } = await change(CreateSourceDocument, { input });
    // A secret that was entered is known where it came from.
    if (sourceCreate.source !== null)
      setMade({ source: sourceCreate.source, secret: sourceCreate.secret ?? given ?? undefined });
    return sourceCreate.userErrors;
  });
  const { form: words, connected } = sourceStrings;
  if (made !== undefined) {
    return (
      <div className="sheet-body">
        <h3>{connected.title(made.source.name)}</h3>
        <Connected source={made.source} secret={made.secret} />
        <div className="popup-actions">
          <button type="button" className="button button-main" onClick={onClose}>
            {connected.done}
          </button>
        </div>
      </div>
    );
  }
  return (
    <SheetForm form={form} send={words.save} onDone={onSaved} onCancel={onClose}>
      <SelectField
        label={words.kind}
        options={sourceStrings.kinds}
        value={kind}
        onValue={setKind}
        mistake={form.at("kind")}
      />
      <Field
        label={words.name}
        required
        maxLength={200}
        placeholder={words.namePlaceholder}
        value={name}
        onValue={setName}
        mistake={form.at("name")}
      />
      {kind === "BIGCOMMERCE" ? (
        <>
          <Field
            label={words.apiUrl}
            type="url"
            required
            placeholder="https://api.bigcommerce.com/stores/abc123"
            hint={words.apiMore}
            value={url}
            onValue={setUrl}
            mistake={form.at("api.url")}
          />
          <Field
            label={words.apiToken}
            type="password"
            required
            autoComplete="off"
            value={token}
            onValue={setToken}
            mistake={form.at("api.token")}
          />
        </>
      ) : null}
      <Field
        label={words.secret}
        autoComplete="off"
        hint={words.secretMore[kind]}
        value={secret}
        onValue={setSecret}
        mistake={form.at("secret")}
      />
      <label className="tick">
        <input
          type="checkbox"
          checked={keepUnknown}
          onChange={({ target }) => setKeepUnknown(target.checked)}
        />
        {words.keepUnknown}
      </label>
    </SheetForm>
  );
}

// What has to be entered in the settings of the system that sends: the address, and the secret, which is shown once.
import type { ReactNode } from "react";
import { sourceStrings } from "../en-sources.js";
import { CopyButton } from "../parts/CopyButton.js";
import type { SourceRowFragment } from "./generated.js";

interface Props {
  readonly source: Pick<SourceRowFragment, "name" | "kind" | "path">;
  /** Undefined if it is not known any more. */
  readonly secret: string | undefined;
}

/** The systems that sign nothing: the secret is part of their address. */
const withSecretInAddress: ReadonlySet<SourceRowFragment["kind"]> = new Set(["MAILCHIMP", "ACTIVECAMPAIGN"]);

/** The address of a source, with the secret if the system has nothing else to prove itself by. */
function addressOf({ source, secret }: Props): string {
  const address = `${location.origin}${source.path}`;
  return secret !== undefined && withSecretInAddress.has(source.kind)
    ? `${address}?secret=${encodeURIComponent(secret)}`
    : address;
}

const localHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The steps, with what is to be copied. */
export function Connected({ source, secret }: Props): ReactNode {
  const { connected: words } = sourceStrings;
  return (
    <div className="connected">
      <Copied label={words.address} text={addressOf({ source, secret })} />
      {localHosts.has(location.hostname) ? <p className="hint">{words.publicAddress}</p> : null}
      {secret === undefined ? null : (
        <>
          <Copied label={words.secret} text={secret} />
          <p className="notice" role="status">
            {words.once}
          </p>
        </>
      )}
      <ol className="steps">
        {words.steps[source.kind].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}

/** A text with a button that copies it. */
function Copied({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const { connected: words } = sourceStrings;
  return (
    <div className="labelled">
      <span className="labelled-name">{label}</span>
      <span className="copied">
        <code className="secret">{text}</code>
        <CopyButton text={text} label={words.copy(label)} copied={words.copied} />
      </span>
    </div>
  );
}

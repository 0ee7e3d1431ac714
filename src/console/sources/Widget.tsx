// The web widget: the snippet for the shop's pages, with a public key.
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { change } from "../data/client.js";
import { strings } from "../en.js";
import { sourceStrings } from "../en-sources.js";
import { CopyButton } from "../parts/CopyButton.js";
import { Section } from "../parts/Page.js";
import { refuse, useAction } from "../parts/useAction.js";
import { CreatePublicKeyDocument, type PublicKeysQuery } from "./generated.js";

/** The tag that loads the widget. */
const snippetOf = (key: string): string =>
  `<script src="${location.origin}/widget.js" data-key="${key}" async></script>`;

const calls = `<script>
  window.segmentql = window.segmentql || [];
  segmentql.push(["identify", "ann@example.com", { name: "Ann" }]);
  segmentql.push(["consent", "newsletter", true]);
  segmentql.push(["track", "cart filled", { items: 2 }]);
</script>`;

interface Props {
  /** The project's keys; undefined for a reader who may not see them. */
  readonly keys: PublicKeysQuery["apiKeys"]["nodes"] | undefined;
}

/** The section of the page. */
export function Widget({ keys }: Props): ReactNode {
  const [key, setKey] = useState<string>();
  const create = useAction(async () => {
    const { apiKeyCreate } = await change(CreatePublicKeyDocument, { name: sourceStrings.widget.keyName });
    refuse(apiKeyCreate);
    setKey(apiKeyCreate.key ?? undefined);
  });
  const { widget: words, connected } = sourceStrings;
  const hasAdmin = keys?.some(({ scope, revokedAt }) => scope === "ADMIN" && revokedAt === null);
  const snippet = snippetOf(key ?? "KEY");
  return (
    <Section title={words.title}>
      <p className="hint widget-text">{words.more}</p>
      <div className="snippet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
        <pre className="code" tabIndex={0}>
          {snippet}
        </pre>
        <CopyButton text={snippet} label={connected.copy(words.snippet)} copied={connected.copied} />
      </div>
      {key !== undefined ? (
        <p className="notice" role="status">
          {words.keyOnce}
        </p>
      ) : hasAdmin === true ? (
        <div className="page-actions">
          <button type="button" className="button" disabled={create.isBusy} onClick={() => void create.run()}>
            {words.key}
          </button>
          <span className="hint">{words.keyMore}</span>
        </div>
      ) : hasAdmin === false ? (
        <p className="hint">
          {words.noAdmin} <Link to="/settings">{strings.nav.settings}</Link>
        </p>
      ) : null}
      {create.problem === undefined ? null : (
        <p className="problem" role="alert">
          {create.problem}
        </p>
      )}
      <p className="hint widget-text">{words.calls}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <pre className="code snippet" tabIndex={0}>
        {calls}
      </pre>
      <p className="hint">{words.origins}</p>
    </Section>
  );
}

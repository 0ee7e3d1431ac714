// How far a distribution is: a bar of what was sent, and what was not.
import type { ReactNode } from "react";
import { messageStrings } from "../en-messages.js";
import type { ProgressFragment } from "./generated.js";

/** The bar, with its number. */
export function ProgressLine({ progress }: { readonly progress: ProgressFragment["progress"] }): ReactNode {
  const { progress: words } = messageStrings;
  const { total, sent } = progress;
  if (total === 0) return <span className="hint">{words.none}</span>;
  return (
    <span className="sent-progress">
      <meter min={0} max={total} value={sent} aria-label={words.label} />
      <span>{words.sent(sent, total)}</span>
    </span>
  );
}

// How far a distribution is: a bar of what was sent, and what was not.
import type { ReactNode } from "react";
import { strings } from "../en.js";
import { messageStrings } from "../en-messages.js";
import type { ProgressFragment } from "./generated.js";

interface Props {
  readonly progress: ProgressFragment["progress"];
  /** True where a heading says what the number is. */
  readonly isShort?: boolean;
}

/** The bar, with its number. */
export function ProgressLine({ progress, isShort = false }: Props): ReactNode {
  const { progress: words } = messageStrings;
  const { total, sent } = progress;
  if (total === 0) return <span className="hint">{isShort ? strings.state.unknown : words.none}</span>;
  return (
    <span className="sent-progress">
      <meter min={0} max={total} value={sent} aria-label={words.label} />
      <span>{isShort ? words.sentShort(sent, total) : words.sent(sent, total)}</span>
    </span>
  );
}

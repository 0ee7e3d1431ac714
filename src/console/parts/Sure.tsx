// A change that is made on a second click: the first one asks whether it is meant.
import { type ReactNode, useState } from "react";
import type { Action } from "./useAction.js";

interface Props {
  /** The button of the first click, which calls `ask`. */
  readonly children: (ask: () => void) => ReactNode;
  readonly action: Action<[]>;
  readonly sure: string;
  readonly keep: string;
}

/** The button, or after its click the two answers, and why the change was refused. */
export function Sure({ children, action, sure, keep }: Props): ReactNode {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) return children(() => setAsking(true));
  return (
    <span className="page-actions">
      <button
        type="button"
        className="button button-small button-danger"
        disabled={action.isBusy}
        onClick={() => void action.run()}
      >
        {sure}
      </button>
      <button type="button" className="button button-small" onClick={() => setAsking(false)}>
        {keep}
      </button>
      {action.problem === undefined ? null : (
        <span className="problem" role="alert">
          {action.problem}
        </span>
      )}
    </span>
  );
}

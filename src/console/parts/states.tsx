// What is shown in place of a page's content if there is none yet, if it takes long, and if it failed.
import { CloudOff, RotateCw, Square, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Answer } from "../data/answer.js";
import type { Failure } from "../data/client.js";
import { signOut } from "../data/session.js";
import { strings } from "../en.js";

interface NoteProps {
  readonly title: string;
  readonly more?: string;
  readonly children?: ReactNode;
}

/** A note that there is nothing, and what to do. */
export function EmptyNote({ title, more, children }: NoteProps): ReactNode {
  return (
    <div className="note">
      <h2>{title}</h2>
      {more === undefined ? null : <p>{more}</p>}
      {children}
    </div>
  );
}

/** What failed, and a way to try again. */
export function FailureNote({
  failure,
  retry,
}: {
  readonly failure: Failure;
  readonly retry: () => void;
}): ReactNode {
  const isOffline = failure.kind === "offline";
  const Icon = isOffline ? CloudOff : TriangleAlert;
  return (
    <div className="note note-failed" role="alert">
      <h2>
        <Icon size={18} aria-hidden="true" /> {isOffline ? strings.state.offline : strings.state.failed}
      </h2>
      <p>{isOffline ? strings.state.offlineMore : failure.message}</p>
      {failure.kind === "unauthenticated" ? (
        <button type="button" className="button button-main" onClick={askForKey}>
          {strings.signIn.signIn}
        </button>
      ) : null}
      <button type="button" className="button" onClick={retry}>
        <RotateCw size={15} aria-hidden="true" /> {strings.state.retry}
      </button>
    </div>
  );
}

/** Forgets a key that is no longer valid, so that the page asks for one when it opens. */
function askForKey(): void {
  signOut();
  location.reload();
}

/** A line under an answer that takes long or was stopped. */
export function SlowNote({ answer }: { readonly answer: Answer<unknown> }): ReactNode {
  if (answer.isStopped) {
    return (
      <p className="slow" role="status">
        {strings.state.stopped}
        <button type="button" className="button button-quiet" onClick={answer.retry}>
          {strings.state.ask}
        </button>
      </p>
    );
  }
  if (!answer.isSlow) return null;
  return (
    <p className="slow" role="status">
      <progress aria-label={strings.state.slow} />
      {strings.state.slow}
      <button type="button" className="button button-quiet" onClick={answer.stop}>
        <Square size={13} aria-hidden="true" /> {strings.state.stop}
      </button>
    </p>
  );
}

/** Lines where text will be. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }): ReactNode {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike, and never move.
        <span key={line} className="skeleton-line" />
      ))}
    </div>
  );
}

/** The page before the project is read. */
export function LoadingPage(): ReactNode {
  return (
    <div className="loading-page" role="status" aria-label={strings.state.loading}>
      <Skeleton lines={2} />
      <Skeleton lines={8} />
    </div>
  );
}

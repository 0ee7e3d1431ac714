// A walk through Explore, beside the page and not above it: what each step names can be tried as it is read.
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { tourStrings } from "../en-tour.js";

interface Props {
  /** The step, from 1. */
  readonly step: number;
  /** False while parts of the page are not there yet. */
  readonly isReady: boolean;
  readonly onStep: (step: number) => void;
  /** Ends the tour, at any step. */
  readonly onLeave: () => void;
}

/** Of each step, the part of the page that it is about, in the order of `tourStrings.steps`. */
const places = [
  ".sentence-editor",
  ".sentence-editor",
  ".audience",
  ".explore-columns",
  ".toolbar",
  ".audience-figures .button",
];

/** A card at the page's foot; the part it is about is outlined. */
export function Tour({ step, isReady, onStep, onLeave }: Props): ReactNode {
  const steps = tourStrings.steps;
  const at = Math.min(step, steps.length);
  const isLast = at === steps.length;
  const forward = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isReady) return;
    const place = document.querySelector(places[at - 1]!);
    place?.setAttribute("data-tour", "here");
    place?.scrollIntoView({ block: "nearest" });
    forward.current?.focus({ preventScroll: true });
    return () => place?.removeAttribute("data-tour");
  }, [at, isReady]);
  return (
    <aside
      className="tour"
      aria-label={tourStrings.title}
      onKeyDown={({ key }) => {
        if (key === "Escape") onLeave();
      }}
    >
      <header>
        <span className="hint">{tourStrings.progress(at, steps.length)}</span>
        <button
          type="button"
          className="button button-icon"
          aria-label={tourStrings.leave}
          title={tourStrings.leave}
          onClick={onLeave}
        >
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      <div aria-live="polite">
        <h2>{steps[at - 1]!.title}</h2>
        <p>{steps[at - 1]!.text}</p>
      </div>
      <footer>
        {at === 1 ? null : (
          <button type="button" className="button" onClick={() => onStep(at - 1)}>
            {tourStrings.back}
          </button>
        )}
        <button
          ref={forward}
          type="button"
          className="button button-main"
          onClick={() => (isLast ? onLeave() : onStep(at + 1))}
        >
          {isLast ? tourStrings.done : tourStrings.next}
        </button>
      </footer>
    </aside>
  );
}

// Three sentences to try, one click away, and the tour.
import { Map as MapIcon } from "lucide-react";
import type { ReactNode } from "react";
import { strings } from "../en.js";
import { useProject } from "../shell/project.js";
import { templatesFor } from "./templates.js";

interface Props {
  /** The present sentence. */
  readonly present: string;
  readonly onTake: (query: string) => void;
  readonly onTour: () => void;
}

const shown = 3;

/** Buttons with the names of sentences that the project's names allow. */
export function Samples({ present, onTake, onTour }: Props): ReactNode {
  const { names } = useProject();
  const others = templatesFor(names).filter(({ query }) => query !== present);
  return (
    <div className="first-steps">
      <div className="samples">
        <span className="hint">{strings.explore.tryThese}</span>
        {others.slice(0, shown).map(({ name, query }) => (
          <button key={name} type="button" className="button button-small" onClick={() => onTake(query)}>
            {name}
          </button>
        ))}
      </div>
      <button type="button" className="button button-quiet button-small" onClick={onTour}>
        <MapIcon size={14} aria-hidden="true" /> {strings.explore.tour}
      </button>
    </div>
  );
}

// What is shown at an unknown address.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { strings } from "../en.js";
import { EmptyNote } from "../parts/states.js";

/** Says that there is no such page, and where to go. */
export function NotFound(): ReactNode {
  return (
    <EmptyNote title={strings.state.notFound}>
      <Link to="/" className="button">
        {strings.state.home}
      </Link>
    </EmptyNote>
  );
}

// The frame of every page but Explore: its title, what can be done with it, and what is on it.
import type { ReactNode } from "react";

interface Props {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with a heading. */
export function Page({ title, actions, children }: Props): ReactNode {
  return (
    <div className="plain-page">
      <header className="page-header">
        <h1>{title}</h1>
        <div className="page-actions">{actions}</div>
      </header>
      {children}
    </div>
  );
}

/** A part of a page, with a heading. */
export function Section({ title, actions, children }: Props): ReactNode {
  return (
    <section className="page-section">
      <header className="list-header">
        <h2>{title}</h2>
        <div className="page-actions">{actions}</div>
      </header>
      {children}
    </section>
  );
}

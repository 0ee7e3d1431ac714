// What is around every page: the ways to the others, and what shows while the project is read.
import { Link, Outlet } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import type { ReactNode } from "react";
import { strings } from "../en.js";
import { FailureNote, LoadingPage } from "../parts/states.js";
import { ProjectProvider } from "./project.js";
import { ThemeSwitch } from "./ThemeSwitch.js";

const pages = [{ to: "/", label: strings.nav.explore, icon: Compass }] as const;

/** The frame of the console. */
export function Shell(): ReactNode {
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {strings.nav.skip}
      </a>
      <nav className="nav" aria-label={strings.nav.label}>
        <Link to="/" className="nav-brand" aria-label={strings.product}>
          <span className="brand-mark" aria-hidden="true" />
          <span className="nav-text">{strings.product}</span>
        </Link>
        <ul>
          {pages.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} className="nav-link" activeOptions={{ exact: to === "/", includeSearch: false }}>
                <Icon size={18} aria-hidden="true" />
                <span className="nav-text">{label}</span>
              </Link>
            </li>
          ))}
        </ul>
        <ThemeSwitch />
      </nav>
      <main id="page" className="page" tabIndex={-1}>
        <ProjectProvider
          loading={<LoadingPage />}
          failed={(message, retry) => <FailureNote failure={{ kind: "offline", message }} retry={retry} />}
        >
          <Outlet />
        </ProjectProvider>
      </main>
    </div>
  );
}

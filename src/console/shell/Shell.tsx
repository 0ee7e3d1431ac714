// What is around every page: the links to the others, and what shows while the project is read.
import { Link, Outlet } from "@tanstack/react-router";
import { Command } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { strings } from "../en.js";
import { FailureNote, LoadingPage } from "../parts/states.js";
import { pages } from "./pages.js";
import { ProjectProvider } from "./project.js";
import { SignIn } from "./SignIn.js";
import { ThemeSwitch } from "./ThemeSwitch.js";

const PaletteSheet = lazy(() => import("./PaletteSheet.js"));

/** The frame of the console. */
export function Shell(): ReactNode {
  const [isPalette, setPalette] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      setPalette(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
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
        <button type="button" className="nav-link nav-palette" onClick={() => setPalette(true)}>
          <Command size={18} aria-hidden="true" />
          <span className="nav-text">{strings.nav.palette}</span>
        </button>
        <ThemeSwitch />
      </nav>
      <main id="page" className="page" tabIndex={-1}>
        <ProjectProvider
          loading={<LoadingPage />}
          failed={(failure, retry) =>
            failure.kind === "unauthenticated" ? (
              <SignIn message={failure.message} onSignedIn={retry} />
            ) : (
              <FailureNote failure={failure} retry={retry} />
            )
          }
        >
          <Suspense fallback={<LoadingPage />}>
            <Outlet />
          </Suspense>
          {isPalette ? (
            <Suspense>
              <PaletteSheet onClose={() => setPalette(false)} />
            </Suspense>
          ) : null}
        </ProjectProvider>
      </main>
    </div>
  );
}

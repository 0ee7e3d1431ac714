// The button that goes from the system's theme to light to dark.
import { Monitor, Moon, Sun } from "lucide-react";
import { type ReactNode, useState } from "react";
import { strings } from "../en.js";
import { applyTheme, chosenTheme, themes } from "./theme.js";

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

/** Shows which theme is chosen, and takes the next one. */
export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState(chosenTheme);
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <button
      type="button"
      className="nav-link nav-theme"
      onClick={() => {
        applyTheme(next);
        setTheme(next);
      }}
    >
      <Icon size={18} aria-hidden="true" />
      <span className="nav-text">{strings.nav.theme[theme]}</span>
    </button>
  );
}

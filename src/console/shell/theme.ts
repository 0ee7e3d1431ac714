// Light or dark: the system's, unless the user chose.
const storageKey = "segmentql.theme";
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The reader's choice. */
export function chosenTheme(): Theme {
  const stored = localStorage.getItem(storageKey);
  return themes.find((theme) => theme === stored) ?? "system";
}

/** Shows the page in the chosen theme, or in another one, which is kept. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  localStorage.setItem(storageKey, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

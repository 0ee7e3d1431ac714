// What was typed is kept in the browser: operation and variables for good, headers, which may hold a key, for the tab.

export interface Typed {
  readonly operation: string;
  readonly variables: string;
  readonly headers: string;
}

const key = "segmentql.playground";

/** What an address gives (`?query=…&variables=…`), or else what was typed before. */
export function readTyped(fallback: string): Typed {
  const address = new URLSearchParams(location.search);
  const given = address.get("query");
  const headers = sessionStorage.getItem(`${key}.headers`) ?? "";
  if (given !== null) return { operation: given, variables: address.get("variables") ?? "", headers };
  return {
    operation: localStorage.getItem(`${key}.operation`) ?? fallback,
    variables: localStorage.getItem(`${key}.variables`) ?? "",
    headers,
  };
}

/** Keeps one of the texts, if the browser has room for it. From then on it counts, and not what the address gave. */
export function keepTyped(part: keyof Typed, text: string): void {
  if (location.search !== "") history.replaceState(null, "", location.pathname);
  try {
    (part === "headers" ? sessionStorage : localStorage).setItem(`${key}.${part}`, text);
  } catch {
    // It is in the page still.
  }
}

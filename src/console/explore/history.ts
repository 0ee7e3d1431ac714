// The sentences that were asked on this machine, newest first.
const storageKey = "segmentql.history";
const most = 100;

export interface AskedSentence {
  readonly text: string;
  /** When it was asked last, in milliseconds since the epoch. */
  readonly at: number;
}

/** What was asked, newest first. */
export function askedSentences(): readonly AskedSentence[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isAsked) : [];
  } catch {
    return [];
  }
}

function isAsked(value: unknown): value is AskedSentence {
  return typeof value === "object" && value !== null && "text" in value && typeof value.text === "string";
}

/** Keeps a sentence; if it continues one that was asked a moment ago, it replaces that one. */
export function keepSentence(text: string): void {
  const rest = askedSentences().filter((asked) => asked.text !== text);
  localStorage.setItem(storageKey, JSON.stringify([{ text, at: Date.now() }, ...rest].slice(0, most)));
}

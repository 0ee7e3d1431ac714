// The key that the reader signed in with. It is kept for this tab alone, unless the user chooses to keep it on this machine.
const name = "segmentql.key";

/** The key; undefined if the reader did not sign in. */
export function sessionKey(): string | undefined {
  return sessionStorage.getItem(name) ?? localStorage.getItem(name) ?? undefined;
}

/** Signs in. @param keep also for other tabs, and after this one is closed. */
export function signIn(key: string, keep: boolean): void {
  signOut();
  (keep ? localStorage : sessionStorage).setItem(name, key.trim());
}

/** Forgets the key. */
export function signOut(): void {
  sessionStorage.removeItem(name);
  localStorage.removeItem(name);
}

/** Headers of a request. */
export function authorization(): Readonly<Record<string, string>> {
  const key = sessionKey();
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}

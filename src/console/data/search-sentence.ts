// A search for a customer, as a sentence of the language.

/** Whose name, e-mail, phone or id has the text in it; empty, for everyone, where nothing is searched for. */
export function searchSentence(search: string): string {
  const text = search.trim();
  if (text === "") return "";
  const value = `"${text.replace(/["\\]/g, "\\$&")}"`;
  return `any of (name contains ${value}, email contains ${value}, phone contains ${value}, source_id is ${value})`;
}

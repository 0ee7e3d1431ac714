// A search for a customer, as a sentence of the language.

/** Finds customers whose name, e-mail, phone or id contains the text; empty, for everyone, if the search is empty. */
export function searchSentence(search: string): string {
  const text = search.trim();
  if (text === "") return "";
  const value = `"${text.replace(/["\\]/g, "\\$&")}"`;
  return `any of (name contains ${value}, email contains ${value}, phone contains ${value}, source_id is ${value})`;
}

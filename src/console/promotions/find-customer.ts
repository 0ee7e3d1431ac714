// The customer that a reader means by what they wrote: a source id, a name, an e-mail, or a part of one that only one customer has.
import { ask } from "../data/client.js";
import { EveryoneListDocument, type EveryoneListQuery } from "../data/generated.js";
import { searchSentence } from "../data/search-sentence.js";

type Found = EveryoneListQuery["customers"]["nodes"][number];

const mostFound = 8;

/** The question for the customers that a text may mean. */
export function customersLike(written: string) {
  return {
    query: searchSentence(written),
    first: mostFound,
    after: null,
    sortBy: "SOURCE_ID",
    descending: false,
  } as const;
}

/** The source id of the customer who is meant; the text itself if that is not clear. @throws Error if there is no answer. */
export async function sourceIdOf(text: string): Promise<string> {
  const written = text.trim();
  const { customers } = await ask(EveryoneListDocument, customersLike(written), true);
  const choices: readonly ((customer: Found) => boolean)[] = [
    ({ sourceId }) => sourceId === written,
    ({ name, email }) => name === written || email === written,
    () => true,
  ];
  for (const isMeant of choices) {
    const [meant, ...others] = customers.nodes.filter(isMeant);
    if (meant !== undefined && others.length === 0) return meant.sourceId;
  }
  return written;
}

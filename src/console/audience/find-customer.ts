// Asks for the customers that a text may mean, and for the one who is meant.
import { ask } from "../data/client.js";
import { EveryoneListDocument } from "../data/generated.js";
import { type MeantCustomer, meantOf } from "./meant-customer.js";
import { searchSentence } from "./search-sentence.js";

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

/** The customer who is meant by a text, as `meantOf` says. @throws Error if there is no answer. */
export async function customerMeant(text: string): Promise<MeantCustomer> {
  const written = text.trim();
  const { customers } = await ask(EveryoneListDocument, customersLike(written), true);
  return meantOf(written, customers);
}

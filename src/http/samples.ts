// Sample queries for new users; they fit the demo shop, and most of them any shop.

/** Sentences of the segment language, the most instructive first. */
export const sampleQueries: readonly string[] = [
  "The email ends with .uk and the source is Mailchimp",
  'performed "page viewed" at least 3 times in the last 7 days and has not placed order in the last 30 days',
  "The last purchased order more than 30 days ago and the total amount of customer orders is more than $100",
  "any of (country is Poland, the order contains MacBookAir) and the email has any value",
  "sum of amount of order in the last 365 days is at least $500 and last performed login more than 60 days ago",
  '(performed search where results is 0) or (performed "review written" where stars is at most 2)',
];

/** A shell command that sends `sentence` to the service at `url`; it runs unchanged in any POSIX shell. */
export function curlCommand(url: string, sentence: string): string {
  const query =
    "query($q: String!) { segmentPreview(query: $q) { count customers(first: 3) { nodes { name email } } } }";
  const body = JSON.stringify({ query, variables: { q: sentence } });
  return `curl -s ${url} -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'`;
}

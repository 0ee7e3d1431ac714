// What a newcomer is shown to try; the words fit the demo shop, and most of them any shop.

/** Sentences of the segment language. */
export const sampleQueries: readonly string[] = [
  "The email ends with .uk and the source is Mailchimp",
  "The last purchased order more than 30 days ago and the total amount of customer orders is more than $100",
  "any of (country is Poland, the order contains MacBookAir) and the email has any value",
];

/** The operation that the playground opens with. */
export const sampleOperation = `# Type a sentence, press Ctrl+Enter: who are these customers?
query WhoAreThey {
  segmentPreview(query: "${sampleQueries[0]}") {
    valid
    diagnostics {
      message
      fix {
        replacement
      }
    }
    count
    tookMs
    customers(first: 10) {
      nodes {
        sourceId
        name
        email
        country
        ordersCount
        ordersTotalAmount {
          formatted
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
`;

/** A shell command that asks `sentence` of the service at `url`; it runs as it is in any POSIX shell. */
export function curlCommand(url: string, sentence: string): string {
  const query =
    "query($q: String!) { segmentPreview(query: $q) { count customers(first: 3) { nodes { name email } } } }";
  const body = JSON.stringify({ query, variables: { q: sentence } });
  return `curl -s ${url} -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'`;
}

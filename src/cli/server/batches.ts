// Sends many inputs of one mutation, in requests within the server's limits.
import type { WriteResult } from "../../ingest/write-result.js";
import type { ServerClient, UserError } from "./client.js";

/** The server accepts a body of 1 MiB with 1,000 inputs; this leaves room for the rest of the body. */
const maxBytes = 900_000;
const maxInputs = 500;

interface Result {
  readonly status: "WRITTEN" | "UNCHANGED" | "REJECTED";
  readonly userErrors: readonly UserError[];
}

/**
 * Sends inputs, in their order.
 * @returns the result of each input, in their order; the ids are empty.
 */
export async function sendInputs(
  { ask }: ServerClient,
  { mutation, type }: { readonly mutation: string; readonly type: string },
  inputs: readonly object[],
): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  for (const input of requestsOf(inputs)) {
    const answer = await ask<Record<string, { readonly results: readonly Result[] }>>(
      `mutation ($input: [${type}!]!) { ${mutation}(input: $input) { results { status userErrors { code message } } } }`,
      { input },
    );
    results.push(...answer[mutation]!.results.map(resultOf));
  }
  return results;
}

function resultOf({ status, userErrors }: Result): WriteResult {
  if (status === "REJECTED")
    return { status: "rejected", reason: userErrors.map(({ message }) => message).join(" ") };
  return { status: status === "WRITTEN" ? "written" : "unchanged", id: "" };
}

/** The inputs in chunks, each of which fits into a request. */
function* requestsOf(inputs: readonly object[]): Generator<readonly object[]> {
  let list: object[] = [];
  let bytes = 0;
  for (const input of inputs) {
    const size = Buffer.byteLength(JSON.stringify(input));
    if (list.length > 0 && (bytes + size > maxBytes || list.length === maxInputs)) {
      yield list;
      [list, bytes] = [[], 0];
    }
    list.push(input);
    bytes += size;
  }
  if (list.length > 0) yield list;
}

// Fetches records over HTTP: bounded in time and in bytes, from public addresses only. Redirects are not followed.
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { parseJsonWithIds } from "../facts/exact-json.js";
import { publicLookup, RefusedAddressError, refuseWrittenAddress } from "../outbox/addresses.js";
import { type RecordClient, UnreachableError } from "./delivery.js";

/** The longest that a record may take, in milliseconds, and its most bytes. */
const [defaultTimeoutMs, maxBytes] = [10_000, 1024 * 1024];

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** @param allowPrivate true if records may be fetched from any address. */
export function recordClient(allowPrivate: boolean, timeoutMs = defaultTimeoutMs): RecordClient {
  const lookup = allowPrivate ? {} : { lookup: publicLookup() };
  const get = (url: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { protocol, hostname } = new URL(url);
      if (!allowPrivate) refuseWrittenAddress(hostname);
      const signal = AbortSignal.timeout(timeoutMs);
      const options = { ...lookup, signal, headers: { accept: "application/json", ...headers } };
      const asked = (protocol === "https:" ? httpsRequest : httpRequest)(url, options, (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          chunks.push(chunk);
          if (bytes > maxBytes)
            answer.destroy(new UnreachableError("The API's answer is longer than a megabyte."));
        });
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      asked.on("error", reject);
      asked.end();
    });
  return {
    get: async (url, headers) => {
      const { status, text } = await get(url, headers).catch((error: unknown) => {
        throw unreachable(error, timeoutMs);
      });
      // No content is BigCommerce's answer for an empty list.
      if (status === 404 || status === 204) return undefined;
      if (status !== 200)
        throw new UnreachableError(`The API answered with status ${status}.${hintOf(status)}`);
      try {
        return parseJsonWithIds(text);
      } catch {
        throw new UnreachableError("The API's answer is not JSON.");
      }
    },
  };
}

function hintOf(status: number): string {
  return status === 401 || status === 403 ? " Check the token of the source, and what it may read." : "";
}

/** Names no address, which may disclose a private network. */
function unreachable(error: unknown, timeoutMs: number): UnreachableError {
  if (error instanceof UnreachableError) return error;
  if (error instanceof RefusedAddressError) return new UnreachableError(error.message);
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === "AbortError" || name === "TimeoutError")
    return new UnreachableError(`The API did not answer within ${timeoutMs / 1_000} seconds.`);
  return new UnreachableError(`The API could not be reached${code === undefined ? "" : ` (${code})`}.`);
}

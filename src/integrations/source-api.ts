// The API of a source from which records are fetched.
import type { SourceApi, SourceKind } from "../documents/source-documents.js";
import type { Engine } from "../engine.js";
import { SourceError } from "./source-error.js";

const [maxUrlLength, maxTokenLength] = [500, 500];

/**
 * Checks the API of a source: needed for BigCommerce, whose deliveries name a record only, and refused for the others.
 * @throws SourceError.
 */
export function readApi(
  { allowPrivateWebhooks = false }: Engine,
  kind: SourceKind,
  api: SourceApi | undefined,
): SourceApi | undefined {
  if (kind !== "BIGCOMMERCE") {
    if (api === undefined) return undefined;
    throw new SourceError("INVALID_INPUT", "api", "Only a source of BigCommerce has an API. Leave it out.");
  }
  if (api === undefined)
    throw new SourceError(
      "INVALID_INPUT",
      "api",
      "BigCommerce sends the id of a record only: name the store's API, as https://api.bigcommerce.com/stores/abc123, and a token.",
    );
  const url = URL.canParse(api.url) ? new URL(api.url) : undefined;
  const isSecure = url?.protocol === "https:" || (allowPrivateWebhooks && url?.protocol === "http:");
  const isBare = url?.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !isSecure || !isBare || api.url.length > maxUrlLength)
    throw new SourceError(
      "INVALID_URL",
      "url",
      "The URL of the API is to be a whole web address by https, as https://api.bigcommerce.com/stores/abc123.",
    );
  if (api.token === "" || api.token.length > maxTokenLength || !/^[!-~]+$/.test(api.token))
    throw new SourceError(
      "INVALID_INPUT",
      "token",
      `The token of the API has 1 to ${maxTokenLength} characters, without spaces.`,
    );
  return { url: url.href.replace(/\/+$/, ""), token: api.token };
}

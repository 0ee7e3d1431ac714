// The API as an embedded editor asks it: from any page, with a key.
import type { Ask } from "../data/project-names.js";

export interface ServiceAddress {
  /** The GraphQL endpoint, as `https://segments.example/graphql`. Another origin has to be allowed there. */
  readonly url: string;
  /** An API key with the scope `read`, or a token; a function is called for each request. None for an open server. */
  readonly key?: string | (() => string | Promise<string>);
  /** The project; by default that of the key. */
  readonly project?: string;
}

/** Asks the API of a service. */
export function askService({ url, key, project }: ServiceAddress): Ask {
  return async (document, variables) => {
    const sent = typeof key === "function" ? await key() : key;
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...(sent === undefined ? {} : { authorization: `Bearer ${sent}` }),
        ...(project === undefined ? {} : { "x-segmentql-project": project }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors } = (await answer.json()) as {
      readonly data?: unknown;
      readonly errors?: readonly { readonly message: string }[];
    };
    if (errors !== undefined || data === undefined || data === null)
      throw new Error(errors?.[0]?.message ?? `The service answered ${answer.status} without data.`);
    return data as never;
  };
}

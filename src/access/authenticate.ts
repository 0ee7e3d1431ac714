// Authenticates requests by an API key or a token; while no key exists, this machine may do everything.
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Engine } from "../engine.js";
import { defaultProject } from "../projects/projects.js";
import { type Caller, openCaller, scopesOf } from "./caller.js";
import { hasKeys, isKey, noteUse, recognisedKey } from "./keys.js";
import type { ReadToken } from "./tokens.js";

/** How many wrong keys an address may send in a minute. */
const maxWrongKeys = 30;
/** How long the fact that there are no keys yet is cached, in milliseconds. */
const openMs = 1_000;

export type AccessErrorCode = "UNAUTHENTICATED" | "FORBIDDEN" | "TOO_MANY_REQUESTS";

/** The request is not allowed; `message` says what it lacks. */
export class AccessError extends Error {
  override readonly name = "AccessError";
  constructor(
    readonly code: AccessErrorCode,
    message: string,
  ) {
    super(message);
  }
}

interface Credentials {
  /** The header `Authorization`. */
  readonly authorization: string | undefined;
  /** The project that the request names. */
  readonly project: string | undefined;
  readonly address: string;
}

export interface Authenticated {
  readonly caller: Caller;
  readonly project: string;
}

export interface AuthenticatorOptions {
  /** True if the server listens on this machine only: it is then open while there are no keys. */
  readonly onlyThisMachine: boolean;
  readonly readToken?: ReadToken | undefined;
  /** The project of requests that name none. */
  readonly project?: string | undefined;
}

/** @throws AccessError. */
export type Authenticate = (credentials: Credentials) => Promise<Authenticated>;

export function authenticator(engine: Engine, options: AuthenticatorOptions): Authenticate {
  const wrongKeys = new RateLimiterMemory({ points: maxWrongKeys, duration: 60 });
  const { readToken } = options;
  let open: { readonly until: number; readonly isOpen: Promise<boolean> } | undefined;

  const isOpen = (): Promise<boolean> => {
    if (!options.onlyThisMachine || readToken !== undefined) return Promise.resolve(false);
    const now = performance.now();
    if (open === undefined || open.until < now) {
      const asked = hasKeys(engine).then((any) => !any);
      asked.catch(() => {
        open = undefined;
      });
      open = { until: now + openMs, isOpen: asked };
    }
    return open.isOpen;
  };

  const refuseGuesses = async (address: string): Promise<void> => {
    const known = await wrongKeys.get(address);
    if (known !== null && known.consumedPoints > maxWrongKeys)
      throw new AccessError(
        "TOO_MANY_REQUESTS",
        "Too many wrong keys were sent from this address. Try again in a minute.",
      );
  };

  const identified = async (token: string, address: string) => {
    await refuseGuesses(address);
    if (isKey(token)) {
      const key = await recognisedKey(engine, token);
      if (key !== undefined) {
        noteUse(engine, key).catch(() => undefined);
        return { kind: "key" as const, id: key.key_id, scope: key.scope, project: key.project };
      }
    } else {
      const identity = await readToken?.(token);
      if (identity !== undefined)
        return {
          kind: "token" as const,
          id: identity.subject,
          scope: identity.scope,
          project: identity.project,
        };
    }
    await wrongKeys.consume(address).catch((error: unknown) => {
      if (!(error instanceof RateLimiterRes)) throw error;
    });
    throw new AccessError(
      "UNAUTHENTICATED",
      "The key or token is not valid: it is unknown, expired or revoked. Create a key with `segmentql key create`.",
    );
  };

  return async ({ authorization, project, address }) => {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) {
      if (await isOpen())
        return { caller: openCaller(address), project: project ?? options.project ?? defaultProject };
      throw new AccessError(
        "UNAUTHENTICATED",
        "This server requires a key: send `Authorization: Bearer KEY`. Create one with `segmentql key create`.",
      );
    }
    const { kind, id, scope, project: own } = await identified(token, address);
    if (project !== undefined && project !== own)
      throw new AccessError("FORBIDDEN", `This ${kind} is not valid for the project that the request names.`);
    return { caller: { kind, id: `${own}/${id}`, scopes: scopesOf(scope), address }, project: own };
  };
}

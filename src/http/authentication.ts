// Authenticates each request, and refuses those without a valid caller.
import type { Request, RequestHandler } from "express";
import {
  AccessError,
  type AccessErrorCode,
  type Authenticate,
  type Authenticated,
} from "../access/authenticate.js";
import type { AccessScope } from "../access/caller.js";
import { refuse } from "./failures.js";

/** The header that names the project. */
export const projectHeader = "x-segmentql-project";

const statuses: Readonly<Record<AccessErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_MANY_REQUESTS: 429,
};

const known = new WeakMap<Request, Authenticated>();

/** The caller and the project of a request that passed `authenticate`. */
export function authenticated(request: Request): Authenticated {
  const found = known.get(request);
  if (found === undefined) throw new Error("A request was answered that was not authenticated.");
  return found;
}

/** Lets authenticated requests pass. @param scope a scope that the caller needs. */
export function authenticate(identify: Authenticate, scope?: AccessScope): RequestHandler {
  return async (request, response, next) => {
    try {
      const found = await identify({
        authorization: request.get("authorization"),
        project: request.get(projectHeader),
        address: request.socket.remoteAddress ?? "",
      });
      if (scope !== undefined && !found.caller.scopes.has(scope))
        throw new AccessError("FORBIDDEN", `This needs a key with the scope \`${scope}\`.`);
      known.set(request, found);
      next();
    } catch (error) {
      if (!(error instanceof AccessError)) return next(error);
      if (error.code === "UNAUTHENTICATED") response.setHeader("www-authenticate", "Bearer");
      if (error.code === "TOO_MANY_REQUESTS") response.setHeader("retry-after", "60");
      refuse(response, statuses[error.code], error.code, error.message);
    }
  };
}

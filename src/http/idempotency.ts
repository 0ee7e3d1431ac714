// The header `Idempotency-Key`: a request that is repeated with the same key gets the first answer.
import type { RequestHandler, Response } from "express";
import { claim, maxKeyLength } from "../access/idempotency.js";
import type { Engine } from "../engine.js";
import { ClientGoneError } from "../graphql/server/client-gone.js";
import { authenticated } from "./authentication.js";
import { refuse } from "./failures.js";

export function idempotency(engine: Engine, report: (error: unknown) => void): RequestHandler {
  return async (request, response, next) => {
    const key = request.get("idempotency-key");
    if (key === undefined || request.method !== "POST") return next();
    if (key === "" || key.length > maxKeyLength) {
      const message = `\`Idempotency-Key\` has 1 to ${maxKeyLength} characters.`;
      return refuse(response, 400, "BAD_REQUEST", message);
    }
    const { caller, project } = authenticated(request);
    const waiting = new AbortController();
    const stop = (): void => waiting.abort(new ClientGoneError());
    response.once("close", stop);
    try {
      const sent = { project, caller, key, request: JSON.stringify(request.body) };
      const claimed = await claim(engine, sent, waiting.signal);
      if (claimed.kind === "conflict") {
        const message =
          "Another request was sent with this `Idempotency-Key`. Use a new key for a new request.";
        return refuse(response, 409, "IDEMPOTENCY_CONFLICT", message);
      }
      if (claimed.kind === "replay") {
        response.setHeader("idempotent-replayed", "true");
        response.type("application/json").send(claimed.body);
        return;
      }
      keepAnswer(response, claimed.answered, claimed.abandoned, report);
      next();
    } catch (error) {
      if (error instanceof ClientGoneError) return;
      next(error);
    } finally {
      response.off("close", stop);
    }
  };
}

/**
 * Stores the answer before it is sent. An answer without data is not stored: nothing was changed, and the request may be
 * repeated.
 */
function keepAnswer(
  response: Response,
  answered: (body: string) => Promise<void>,
  abandoned: () => Promise<void>,
  report: (error: unknown) => void,
): void {
  const send = response.send.bind(response);
  response.send = (body: unknown) => {
    const text = typeof body === "string" ? body : "";
    const done = hasData(text) ? answered(text) : abandoned();
    done.catch(report).finally(() => send(body));
    return response;
  };
}

function hasData(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === "object" && answer !== null && "data" in answer && answer.data !== null;
  } catch {
    return false;
  }
}

// Keeps web pages of other sites from calling a service that listens on this machine only. Such a page can make its own name
// resolve to 127.0.0.1 (DNS rebinding), but it can't keep that name out of the Host header.
import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler } from "express";
import { refuse } from "./failures.js";
import { isLoopback } from "./loopback.js";

/** Answers 403 to every request whose Host header does not name this machine. */
export const refuseForeignHosts: RequestHandler = (request, response, next) => {
  if (namesThisMachine(request.headers)) next();
  else refuse(response, 403, "FORBIDDEN_HOST", foreignHost);
};

/** The message for requests under another host's name. */
export const foreignHost =
  "This service listens on this machine only, so ask it as localhost. To serve other names, start it with --host (or HOST) set to an address of this machine.";

/** True if the Host header names this machine. */
export function namesThisMachine({ host = "" }: IncomingHttpHeaders): boolean {
  return isLoopback(hostName(host));
}

/**
 * True if a web page of another site opens the websocket: browsers let any page open one anywhere, and name the page's site in
 * `Origin`. Other clients send no `Origin`.
 */
export function isFromElsewhere({ origin, host = "" }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

/** The Host header without its port. */
function hostName(header: string): string {
  return header.replace(/:\d*$/, "");
}

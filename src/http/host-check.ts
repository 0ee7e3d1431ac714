// Keeps web pages of other sites from talking to a service that listens on this machine only. Such a page can have its
// own name resolve to 127.0.0.1 (DNS rebinding), but it can't keep that name out of the Host header.
import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler } from "express";
import { refuse } from "./failures.js";
import { isLoopback } from "./loopback.js";

/** Answers 403 to every request whose Host header names anything but this machine. */
export const refuseForeignHosts: RequestHandler = (request, response, next) => {
  if (namesThisMachine(request.headers)) next();
  else refuse(response, 403, "FORBIDDEN_HOST", foreignHost);
};

/** What is said to who asks under another host's name. */
export const foreignHost =
  "This service listens on this machine only, so ask it as localhost. To serve other names, start it with --host (or HOST) set to an address of this machine.";

/** True where the Host header names this machine. */
export function namesThisMachine({ host = "" }: IncomingHttpHeaders): boolean {
  return isLoopback(hostName(host));
}

/**
 * True where a web page of another site asks: browsers let any page open a websocket anywhere, and say in Origin whose page it
 * is. What is no browser says nothing.
 */
export function isFromElsewhere({ origin, host = "" }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

/** The Host header without its port. */
function hostName(header: string): string {
  return header.replace(/:\d*$/, "");
}

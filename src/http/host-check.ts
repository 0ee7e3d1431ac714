// Keeps web pages of other sites from talking to a service that listens on this machine only. Such a page can have its
// own name resolve to 127.0.0.1 (DNS rebinding), but it can't keep that name out of the Host header.
import type { RequestHandler } from "express";
import { refuse } from "./failures.js";
import { isLoopback } from "./loopback.js";

/** Answers 403 to every request whose Host header names anything but this machine. */
export const refuseForeignHosts: RequestHandler = (request, response, next) => {
  if (isLoopback(hostName(request.headers.host ?? ""))) {
    next();
    return;
  }
  refuse(
    response,
    403,
    "FORBIDDEN_HOST",
    "This service listens on this machine only, so ask it as localhost. To serve other names, start it with --host (or HOST) set to an address of this machine.",
  );
};

/** The Host header without its port. */
function hostName(header: string): string {
  return header.replace(/:\d*$/, "");
}

// Makes an HTTP server listen on a host and port, or says why it can't.
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isLoopback } from "./loopback.js";

/** The service can't listen on the given host and port; `message` says why and what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

/**
 * Makes a server listen.
 * @returns the server's URL, as `http://localhost:4000`.
 * @throws ListenError if the port is taken or forbidden, or the address isn't this machine's.
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
    return addressOf(server, host);
  } catch (error) {
    throw new ListenError(whyNot(error, host, port), { cause: error });
  }
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use, perhaps by another SegmentQL. Stop that, or take another port: --port ${port + 1} (or PORT=${port + 1}).`;
  }
  if (code === "EACCES") return `Port ${port} is not allowed to you. Take one above 1023: --port 4000.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return `${host} is no address of this machine. Take --host 127.0.0.1, or 0.0.0.0 for all of its addresses.`;
  }
  return `Can't listen on ${host}, port ${port}: ${error instanceof Error ? error.message : String(error)}`;
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  if (isLoopback(host) || host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

// The console at `/` and the playground: files of the build, kept in memory with their compressed copies, under a policy that
// lets the pages run only their own scripts and connect only to this service.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Request, type Response, type Router } from "express";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

interface ServedFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly brotli?: Buffer;
  readonly gzip?: Buffer;
}

const noncePlace = "%NONCE%";

/** An address that holds a hash of its content, as the build names what the page loads: it never has other content. */
const hashedAddress = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/** Styles carry the nonce of their page, since the editor creates styles when it starts. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Browsers write style attributes themselves when highlighted text is edited.
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The folder of the builds: `dist` of the package. */
function buildFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return join(folder, "dist");
}

/** Serves the console and, at `/playground`, the playground if it is on. */
export function consolePages({ playground }: { readonly playground: boolean }): Router {
  const router = express.Router();
  if (playground) router.use("/playground", builtPages(join(buildFolder(), "playground")));
  return router.use(builtPages(join(buildFolder(), "console")));
}

/**
 * Serves the application built into `folder`: its files by name, and its page for every other address that a browser navigates to.
 * If there is no build, the answer says so.
 */
export function builtPages(folder: string): Router {
  const files = readFiles(folder);
  const page = files.get("/index.html")?.plain.toString("utf8");
  const router = express.Router();
  router.get("/{*path}", (request, response, next) => {
    const file = request.path === "/index.html" ? undefined : files.get(request.path);
    if (file !== undefined) sendFile(request, response, file);
    else if (isNavigation(request)) sendPage(response, page);
    else next();
  });
  return router;
}

function readFiles(folder: string): ReadonlyMap<string, ServedFile> {
  const files = new Map<string, ServedFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = contentTypes[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).replaceAll("\\", "/");
    files.set(address, {
      type,
      plain: readFileSync(path),
      ...(existsSync(`${path}.br`) ? { brotli: readFileSync(`${path}.br`) } : {}),
      ...(existsSync(`${path}.gz`) ? { gzip: readFileSync(`${path}.gz`) } : {}),
    });
  }
  return files;
}

/** True of a browser that opens an address: its `Accept` names HTML, unlike that of programs that accept anything. */
function isNavigation(request: Request): boolean {
  return extname(request.path) === "" && (request.get("accept") ?? "").includes("text/html");
}

function sendPage(response: Response, page: string | undefined): void {
  if (page === undefined) {
    response.status(503).type("text").send("This page is not built. Run `npm run build`, and start again.\n");
    return;
  }
  const nonce = randomBytes(16).toString("base64");
  response.setHeader("content-security-policy", contentSecurityPolicy(nonce));
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cache-control", "no-store");
  response.type("html").send(page.replaceAll(noncePlace, nonce));
}

function sendFile(request: Request, response: Response, { type, plain, brotli, gzip }: ServedFile): void {
  response.setHeader("content-type", type);
  response.setHeader(
    "cache-control",
    hashedAddress.test(request.path) ? "public, max-age=31536000, immutable" : "no-cache",
  );
  response.setHeader("vary", "accept-encoding");
  // The smallest encoding that the browser accepts, whatever its preference.
  const encoding =
    brotli !== undefined && request.acceptsEncodings("br")
      ? "br"
      : gzip !== undefined && request.acceptsEncodings("gzip")
        ? "gzip"
        : undefined;
  if (encoding !== undefined) response.setHeader("content-encoding", encoding);
  response.end(encoding === "br" ? brotli : encoding === "gzip" ? gzip : plain);
}

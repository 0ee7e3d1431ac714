// A GraphQL IDE in the browser, served completely from the package, so that it works without a network.
import { getDistDirectory, isSandboxFrame, renderAltair, SANDBOX_FRAME_CSP } from "altair-static";
import express, { type Router } from "express";
import { sampleOperation } from "./samples.js";

// Only the page's own scripts and styles, and no requests to other servers: updates, plug-ins and fonts that it would fetch are
// blocked. The editor needs inline styles, and compiles code for its scripts.
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Serves the IDE below `base`, as `/playground`; it sends its operations to `endpoint`. */
export function playground(base: string, endpoint: string): Router {
  const page = renderAltair({
    baseURL: `${base}/`,
    endpointURL: endpoint,
    subscriptionsEndpoint: endpoint,
    initialSubscriptionRequestHandlerId: "graphql-ws",
    initialQuery: sampleOperation,
    instanceStorageNamespace: "segmentql_",
    disableAccount: true,
    initialSettings: {
      "alert.disableUpdateNotification": true,
      "banners.disable": true,
      disablePushNotification: true,
      "plugin.list": [],
    },
  }).replace("<title>Altair</title>", "<title>SegmentQL playground</title>");
  const router = express.Router();
  router.use((request, response, next) => {
    response.setHeader(
      "content-security-policy",
      isSandboxFrame(request.path) ? SANDBOX_FRAME_CSP : contentSecurityPolicy,
    );
    next();
  });
  router.get("/", (_request, response) => {
    response.type("html").send(page);
  });
  router.use(express.static(getDistDirectory(), { index: false, redirect: false }));
  return router;
}

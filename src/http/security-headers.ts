// Headers that keep browsers from misusing what the server answers.
import type { RequestHandler } from "express";

export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=()");
  next();
};

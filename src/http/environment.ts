// Every variable of the environment that the server reads, checked together: all wrong ones are named at once.
import { z } from "zod";
import type { TokenSettings } from "../access/tokens.js";

const flag = z
  .enum(["on", "off", "true", "false", "1", "0", ""], { error: 'is "on" or "off"' })
  .default("on")
  .transform((value) => !["off", "false", "0"].includes(value));

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: (issue) => `"${String(issue.input)}" is not an origin; write one as https://shop.example`,
});

const origins = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  )
  .pipe(z.array(origin));

const address = z.url({ protocol: /^https?$/, error: "is not a web address" }).optional();

const claim = (name: string) => z.string().min(1, "is empty").default(name);

const shape = z.object({
  SEGMENTQL_CORS_ORIGINS: origins,
  SEGMENTQL_INTROSPECTION: flag,
  SEGMENTQL_PLAYGROUND: flag,
  SEGMENTQL_RATE_LIMIT: z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(1_000, "is below 1000, which no page of customers costs")
    .default(2_000_000),
  SEGMENTQL_JWKS_URL: address,
  SEGMENTQL_JWT_ISSUER: z.string().optional(),
  SEGMENTQL_JWT_AUDIENCE: z.string().optional(),
  SEGMENTQL_JWT_PROJECT_CLAIM: claim("segmentql_project"),
  SEGMENTQL_JWT_SCOPE_CLAIM: claim("segmentql_scope"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "is one of trace, debug, info, warn, error, fatal and silent",
    })
    .default("info"),
});

export interface ServerEnvironment {
  /** Origins of web pages that may send requests from a browser, as `https://shop.example`. */
  readonly corsOrigins: readonly string[];
  readonly introspection: boolean;
  readonly playground: boolean;
  /** Units of complexity that a key may spend in a minute. */
  readonly rateLimit: number;
  /** Absent without `SEGMENTQL_JWKS_URL`. */
  readonly tokens?: TokenSettings;
  readonly logLevel: string;
}

/** The environment is wrong; `message` names every wrong variable. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** @throws EnvironmentError. */
export function readServerEnvironment(variables: NodeJS.ProcessEnv): ServerEnvironment {
  // An empty variable is one that is not set.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const read = shape.safeParse(set);
  const problems = read.success
    ? tokenProblems(read.data)
    : read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}.`);
  if (!read.success || problems.length > 0) {
    throw new EnvironmentError(
      `The environment is not usable:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  const { data } = read;
  return {
    corsOrigins: data.SEGMENTQL_CORS_ORIGINS,
    introspection: data.SEGMENTQL_INTROSPECTION,
    playground: data.SEGMENTQL_PLAYGROUND,
    rateLimit: data.SEGMENTQL_RATE_LIMIT,
    logLevel: data.LOG_LEVEL,
    ...(data.SEGMENTQL_JWKS_URL === undefined
      ? {}
      : {
          tokens: {
            jwksUrl: data.SEGMENTQL_JWKS_URL,
            issuer: data.SEGMENTQL_JWT_ISSUER!,
            audience: data.SEGMENTQL_JWT_AUDIENCE!,
            projectClaim: data.SEGMENTQL_JWT_PROJECT_CLAIM,
            scopeClaim: data.SEGMENTQL_JWT_SCOPE_CLAIM,
          },
        }),
  };
}

/** A token of another service must not be valid here, so the issuer and the audience are required. */
function tokenProblems(data: z.infer<typeof shape>): readonly string[] {
  if (data.SEGMENTQL_JWKS_URL === undefined) return [];
  return (["SEGMENTQL_JWT_ISSUER", "SEGMENTQL_JWT_AUDIENCE"] as const)
    .filter((name) => data[name] === undefined)
    .map((name) => `${name} is missing: it is required with SEGMENTQL_JWKS_URL.`);
}

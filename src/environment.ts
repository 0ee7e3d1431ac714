// The environment variables that SegmentQL reads, validated together: the error names every invalid one.
import { z } from "zod";
import { type Clock, fixedClock, systemClock } from "./clock.js";
import { defaultMessageDays, type MailSettings } from "./engine.js";
import { readTrustedDocuments, type TrustedDocuments, TrustedDocumentsError } from "./trusted-documents.js";

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

/** A whole number within bounds. */
const wholeNumber = (least: number, most: number, otherwise: number) =>
  z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(least, `is below ${least}`)
    .max(most, `is above ${most}`)
    .default(otherwise);

const clock = z
  .string()
  .refine((text) => /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text)), {
    error: "is not an instant with its offset, as 2026-11-23T12:00:00Z",
  })
  .transform((text): Clock => fixedClock(Date.parse(text)))
  .optional();

const trustedDocuments = z
  .string()
  .transform((path, context): TrustedDocuments => {
    try {
      return readTrustedDocuments(path);
    } catch (error) {
      if (!(error instanceof TrustedDocumentsError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  })
  .optional();

const shape = z.object({
  MONGODB_URI: z.string().optional(),
  SEGMENTQL_CLOCK: clock,
  SEGMENTQL_STATIC_MEMBERS: wholeNumber(1, 1_000_000, 20_000),
  SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS: z
    .enum(["0", "1"], { error: "is 1 to let webhooks go to private addresses, or 0" })
    .default("0"),
  SEGMENTQL_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: "is not the address of a mail server, as smtps://user:password@mail.example:465",
    })
    .optional(),
  SEGMENTQL_MAIL_FROM: z
    .string()
    .max(320, "has more than 320 characters")
    .regex(
      /^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
      "is not a sender, as Shop <news@shop.example>",
    )
    .optional(),
  SEGMENTQL_VERIFY_SECONDS: wholeNumber(0, 86_400, 60),
  SEGMENTQL_CORS_ORIGINS: origins,
  SEGMENTQL_INTROSPECTION: flag,
  SEGMENTQL_PLAYGROUND: flag,
  SEGMENTQL_TRUSTED_DOCUMENTS: trustedDocuments,
  SEGMENTQL_RATE_LIMIT: z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(1_000, "is below 1000, which no page of customers costs")
    .default(2_000_000),
  SEGMENTQL_AUDIT_DAYS: wholeNumber(1, 36_500, 400),
  SEGMENTQL_MESSAGE_DAYS: wholeNumber(1, 36_500, defaultMessageDays),
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

/** How the tokens of an identity provider are verified. */
export interface TokenSettings {
  /** The address of its key set (JWKS). */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly projectClaim: string;
  readonly scopeClaim: string;
}

export interface Environment {
  /** The URI of the MongoDB to use; absent for the embedded store. */
  readonly mongoUri?: string;
  readonly clock: Clock;
  /** The most customers of a static segment. */
  readonly maxStaticMembers: number;
  readonly allowPrivateWebhooks: boolean;
  /** Absent without `SEGMENTQL_SMTP_URL`. */
  readonly mail?: MailSettings;
  /** The interval at which a few segments are verified in the background, in seconds; 0 for never. */
  readonly verifySeconds: number;
  /** Origins of web pages that may send requests from a browser, as `https://shop.example`. */
  readonly corsOrigins: readonly string[];
  readonly introspection: boolean;
  readonly playground: boolean;
  /** The only documents that are executed; any document is executed if it is absent. */
  readonly trustedDocuments?: TrustedDocuments;
  /** Units of complexity that a key may spend in a minute. */
  readonly rateLimit: number;
  /** How many days entries of the audit log are kept. */
  readonly auditDays: number;
  /** How many days messages of distributions are kept after their last change of status. */
  readonly messageDays: number;
  /** Absent without `SEGMENTQL_JWKS_URL`. */
  readonly tokens?: TokenSettings;
  readonly logLevel: string;
}

/** The environment is wrong; `message` names every wrong variable. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** @throws EnvironmentError. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  // An empty variable counts as unset.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const read = shape.safeParse(set);
  const problems = read.success
    ? [...tokenProblems(read.data), ...mailProblems(read.data)]
    : read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}.`);
  if (!read.success || problems.length > 0) {
    throw new EnvironmentError(
      `The environment is not usable:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  const { data } = read;
  return {
    ...(data.MONGODB_URI === undefined ? {} : { mongoUri: data.MONGODB_URI }),
    clock: data.SEGMENTQL_CLOCK ?? systemClock,
    maxStaticMembers: data.SEGMENTQL_STATIC_MEMBERS,
    allowPrivateWebhooks: data.SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS === "1",
    ...(data.SEGMENTQL_SMTP_URL === undefined
      ? {}
      : { mail: { smtpUrl: data.SEGMENTQL_SMTP_URL, from: data.SEGMENTQL_MAIL_FROM! } }),
    verifySeconds: data.SEGMENTQL_VERIFY_SECONDS,
    corsOrigins: data.SEGMENTQL_CORS_ORIGINS,
    introspection: data.SEGMENTQL_INTROSPECTION,
    playground: data.SEGMENTQL_PLAYGROUND,
    ...(data.SEGMENTQL_TRUSTED_DOCUMENTS === undefined
      ? {}
      : { trustedDocuments: data.SEGMENTQL_TRUSTED_DOCUMENTS }),
    rateLimit: data.SEGMENTQL_RATE_LIMIT,
    auditDays: data.SEGMENTQL_AUDIT_DAYS,
    messageDays: data.SEGMENTQL_MESSAGE_DAYS,
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

/** A server needs a sender, and a sender a server. */
function mailProblems(data: z.infer<typeof shape>): readonly string[] {
  const { SEGMENTQL_SMTP_URL: url, SEGMENTQL_MAIL_FROM: from } = data;
  if ((url === undefined) === (from === undefined)) return [];
  return url === undefined
    ? ["SEGMENTQL_SMTP_URL is missing: it is required with SEGMENTQL_MAIL_FROM."]
    : ["SEGMENTQL_MAIL_FROM is missing: it is required with SEGMENTQL_SMTP_URL."];
}

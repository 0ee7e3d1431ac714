// JSON Web Tokens of browser users, checked by the issuer's public keys (a JWKS).
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { TokenSettings } from "../environment.js";
import { isProjectId } from "../projects/projects.js";
import { type AccessScope, scopes } from "./caller.js";

interface TokenIdentity {
  readonly subject: string;
  readonly project: string;
  readonly scope: AccessScope;
}

/** Asymmetric algorithms only: the keys are public. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** Checks a token; undefined if it is not valid. Rejects if the keys cannot be fetched. */
export type ReadToken = (token: string) => Promise<TokenIdentity | undefined>;

/** @param keys where the public keys are; by default the settings' address. */
export function tokenReader(
  settings: TokenSettings,
  keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(settings.jwksUrl), { timeoutDuration: 5_000 }),
): ReadToken {
  const { issuer, audience, projectClaim, scopeClaim } = settings;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ["exp", "sub"],
      });
      const project = payload[projectClaim];
      const scope = scopes.find((each) => each === payload[scopeClaim]);
      if (typeof project !== "string" || !isProjectId(project) || scope === undefined) return undefined;
      return { subject: String(payload.sub), project, scope };
    } catch (error) {
      if (error instanceof errors.JWKSTimeout) throw error;
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}

// Signatures against vectors that are written out, the first that of the Standard Webhooks reference libraries.
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { newSecret, readSecret, signedHeaders } from "../../src/outbox/signature.js";

it.each([
  {
    secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    at: 1_614_265_330_000,
    body: '{"test": 2432232314}',
    signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
  // printf '%s' 'msg_2.1700000000.{"name":"Żółw"}' | openssl dgst -sha256 -hmac "$(printf 'a%.0s' $(seq 24))" -binary | base64
  {
    secrets: ["whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"],
    id: "msg_2",
    at: 1_700_000_000_999,
    body: '{"name":"Żółw"}',
    signature: "v1,oHCbN7Nd7OxeXg1JG7XgLZ4gZulupMjH4QlAr4zie34=",
  },
  // With both, a signature each.
  {
    secrets: ["whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    id: "msg_2",
    at: 1_700_000_000_000,
    body: '{"name":"Żółw"}',
    signature:
      "v1,oHCbN7Nd7OxeXg1JG7XgLZ4gZulupMjH4QlAr4zie34= v1,wS9p+UKrObjp1eGp82RgPNBWL3BFVrhXrhUbL8q5Hts=",
  },
])("signs $body", ({ secrets, id, at, body, signature }) => {
  expect(signedHeaders(secrets, id, at, body)).toEqual({
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1_000)),
    "webhook-signature": signature,
  });
});

it("the Standard Webhooks library accepts signed messages, with either secret, and no changed ones", () => {
  const [present, former] = [newSecret(), newSecret()];
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ minLength: 1 }), (text, change) => {
      const body = JSON.stringify({ text });
      // The library takes what was signed within five minutes.
      const headers = signedHeaders([present, former], "msg_1", Date.now(), body);
      for (const secret of [present, former])
        expect(new Webhook(secret).verify(body, { ...headers })).toEqual({ text });
      expect(() => new Webhook(present).verify(body + change, { ...headers })).toThrow();
      expect(() => new Webhook(newSecret()).verify(body, { ...headers })).toThrow();
    }),
  );
});

describe("secrets", () => {
  it("a generated secret is accepted, and unique", () => {
    const [one, other] = [newSecret(), newSecret()];
    expect(readSecret(one)).toBe(one);
    expect(one).not.toBe(other);
    expect(Buffer.from(one.slice(6), "base64")).toHaveLength(32);
  });

  const bytes = (count: number) => `whsec_${Buffer.alloc(count, 7).toString("base64")}`;
  it.each([bytes(24), bytes(64)])("%s is taken", (secret) => {
    expect(readSecret(secret)).toBe(secret);
  });
  it.each([
    bytes(23),
    bytes(65),
    "",
    "whsec_",
    bytes(32).slice(6),
    `${bytes(32)}!`,
    "whsec_not base64 at all, though it is long",
  ])("%s is refused", (secret) => {
    expect(() => readSecret(secret)).toThrow('"whsec_" and 24 to 64 random bytes');
  });
});

// How many subscriptions one caller has at once, over all of its connections.
import { type ExecutionArgs, type ExecutionResult, parse } from "graphql";
import { expect, it } from "vitest";
import { openCaller } from "../../../src/access/caller.js";
import type { Subscribe } from "../../../src/graphql/execution/subscribe.js";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { boundedByCaller } from "../../../src/http/subscriptions/bounds.js";

const schema = graphqlSchema();
const document = parse("subscription { a }");

/** A request of a caller, as far as the bound reads it. */
const from = (address: string): ExecutionArgs => ({
  schema,
  document,
  contextValue: { caller: openCaller(address) },
});

async function* events(): AsyncGenerator<ExecutionResult> {
  yield { data: { a: 1 } };
}

const subscribed = async (subscribe: Subscribe, address: string) => {
  const result = await subscribe(from(address));
  return Symbol.asyncIterator in result ? result : result.errors?.[0]?.extensions.code;
};

it("a caller has a maximum number of subscriptions, until one of them ends", async () => {
  const subscribe = boundedByCaller(async () => events(), 2);
  const first = await subscribe(from("10.0.0.1"));
  const second = await subscribe(from("10.0.0.1"));
  expect(await subscribed(subscribe, "10.0.0.1")).toBe("TOO_MANY_SUBSCRIPTIONS");
  expect(await subscribed(subscribe, "10.0.0.2")).not.toBe("TOO_MANY_SUBSCRIPTIONS");
  if (!(Symbol.asyncIterator in first && Symbol.asyncIterator in second)) throw new Error("refused");
  await first.return?.();
  await first.return?.();
  expect(await subscribed(subscribe, "10.0.0.1")).not.toBe("TOO_MANY_SUBSCRIPTIONS");
  expect(await subscribed(subscribe, "10.0.0.1")).toBe("TOO_MANY_SUBSCRIPTIONS");
  expect(await second.next()).toEqual({ done: false, value: { data: { a: 1 } } });
  expect((await second.next()).done).toBe(true);
  expect(await subscribed(subscribe, "10.0.0.1")).not.toBe("TOO_MANY_SUBSCRIPTIONS");
});

it("a subscription that is refused, or fails, does not count", async () => {
  let work: () => ReturnType<Subscribe> = async () => ({ errors: [] });
  const subscribe = boundedByCaller(() => work(), 1);
  await subscribe(from("10.0.0.1"));
  work = () => Promise.reject(new Error("no store"));
  await expect(subscribe(from("10.0.0.1"))).rejects.toThrow("no store");
  work = async () => events();
  expect(await subscribed(subscribe, "10.0.0.1")).not.toBe("TOO_MANY_SUBSCRIPTIONS");
});

// One execution of an event for all subscribers that receive it and selected the same of it.
import { buildSchema, type ExecutionResult, parse } from "graphql";
import { expect, it } from "vitest";
import { openCaller } from "../../../src/access/caller.js";
import { systemClock } from "../../../src/clock.js";
import { subscriber } from "../../../src/graphql/execution/subscribe.js";
import { requestContext } from "../../../src/graphql/server/context.js";
import type { Store } from "../../../src/store/port.js";

const schema = buildSchema("type Query { a: Int } type Subscription { change: Int other: Int }");

it("an event is executed once for equal selections of one project, and again for others", async () => {
  const event = { change: 1, other: 2 };
  const executed: unknown[] = [];
  const subscribe = subscriber(async ({ rootValue }) => {
    executed.push(rootValue);
    return { data: { count: executed.length } };
  });
  const first = async (text: string, project: string, shared: object = event): Promise<ExecutionResult> => {
    const signal = new AbortController().signal;
    const contextValue = requestContext({
      engine: { store: { reads: {} } as Store, clock: systemClock },
      project,
      caller: openCaller("10.0.0.1"),
      signal,
    });
    const results = await subscribe({
      schema,
      document: parse(text),
      contextValue,
      subscribeFieldResolver: async function* () {
        yield shared;
      },
    });
    if (!(Symbol.asyncIterator in results)) throw new Error("refused");
    return (await results.next()).value;
  };
  const change = "subscription { change }";
  expect(await first(change, "shop")).toEqual({ data: { count: 1 } });
  expect(await first(change, "shop")).toEqual({ data: { count: 1 } });
  expect(await first("subscription { other }", "shop")).toEqual({ data: { count: 2 } });
  expect(await first(change, "another")).toEqual({ data: { count: 3 } });
  expect(await first(change, "shop", { change: 1 })).toEqual({ data: { count: 4 } });
  expect(executed.length).toBe(4);
});

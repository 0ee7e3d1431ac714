// Subscriptions: graphql-js creates the stream of events, and each event is executed by the plan.
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from "graphql";
import type { Execute } from "./execute.js";

export type Subscribe = (
  request: ExecutionArgs,
) => Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;

export function subscriber(execute: Execute): Subscribe {
  return async (request) => {
    const { document, operationName, variableValues, contextValue } = request;
    const events = await createSourceEventStream(request);
    if (!(Symbol.asyncIterator in events)) return events;
    return mapped(events[Symbol.asyncIterator](), (rootValue) =>
      execute({ document, operationName, variables: variableValues, context: contextValue, rootValue }),
    );
  };
}

/** Unlike a generator, the iterator's `return` ends it at once, even while it waits for the next event. */
function mapped<Event, Value>(
  events: AsyncIterator<Event>,
  map: (event: Event) => Value | Promise<Value>,
): AsyncIterableIterator<Value> {
  const mapResult = async (result: IteratorResult<Event>): Promise<IteratorResult<Value>> =>
    result.done ? result : { done: false, value: await map(result.value) };
  return {
    next: async () => mapResult(await events.next()),
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

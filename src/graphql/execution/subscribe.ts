// Subscriptions: graphql-js creates the stream of events, and each event is executed by the plan: once for all subscribers who
// receive the same event object and selected the same of it.
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from "graphql";
import { type RequestContext, requestContext } from "../server/context.js";
import type { Execute } from "./execute.js";

export type Subscribe = (
  request: ExecutionArgs,
) => Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;

export function subscriber(execute: Execute): Subscribe {
  return async (request) => {
    const { document, operationName, variableValues, contextValue } = request;
    const events = await createSourceEventStream(request);
    if (!(Symbol.asyncIterator in events)) return events;
    const { engine, project, caller } = contextValue as RequestContext;
    const selected = JSON.stringify([
      project,
      [...caller.scopes].sort(),
      document.loc?.source.body,
      operationName,
      variableValues,
    ]);
    return mapped(events[Symbol.asyncIterator](), (rootValue) =>
      sharedResult(rootValue, selected, async () => {
        // Whoever is first may leave meanwhile: the execution is not theirs alone, and ends by the bounds of the store's reads.
        const context = requestContext({ engine, project, caller, signal: new AbortController().signal });
        return execute({ document, operationName, variables: variableValues, context, rootValue });
      }),
    );
  };
}

/** Results by event, then by what was selected; they go with the event. */
const results = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();

function sharedResult(
  event: unknown,
  selected: string,
  execute: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  if (typeof event !== "object" || event === null) return execute();
  const ofEvent = results.get(event) ?? new Map<string, Promise<ExecutionResult>>();
  results.set(event, ofEvent);
  const known = ofEvent.get(selected);
  if (known !== undefined) return known;
  const result = execute();
  ofEvent.set(selected, result);
  return result;
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

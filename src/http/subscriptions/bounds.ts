// Bounds the subscriptions of one caller over all of its connections.
import { GraphQLError } from "graphql";
import type { Subscribe } from "../../graphql/execution/subscribe.js";
import type { RequestContext } from "../../graphql/server/context.js";

/** The most subscriptions of one key or token; without keys, of one address. */
const maxSubscriptionsOfCaller = 1_000;

/** Refuses a subscription of a caller who has `max` already. */
export function boundedByCaller(subscribe: Subscribe, max: number = maxSubscriptionsOfCaller): Subscribe {
  const counts = new Map<string, number>();
  return async (request) => {
    const { caller } = request.contextValue as RequestContext;
    const count = counts.get(caller.id) ?? 0;
    if (count >= max) {
      const message = `This caller has ${max} subscriptions, which is the most. End one first.`;
      return { errors: [new GraphQLError(message, { extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } })] };
    }
    counts.set(caller.id, count + 1);
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      const left = (counts.get(caller.id) ?? 1) - 1;
      if (left === 0) counts.delete(caller.id);
      else counts.set(caller.id, left);
    };
    try {
      const results = await subscribe(request);
      if (!(Symbol.asyncIterator in results)) {
        end();
        return results;
      }
      return endingWith(results, end);
    } catch (error) {
      end();
      throw error;
    }
  };
}

/** The same results; calls `end` once there are no more. */
function endingWith<Result>(
  results: AsyncIterableIterator<Result>,
  end: () => void,
): AsyncIterableIterator<Result> {
  return {
    next: async () => {
      try {
        const result = await results.next();
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: async () => {
      end();
      return (await results.return?.()) ?? { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

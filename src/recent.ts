// A cache of recent answers, so that not every question reads the store.
import { LRUCache } from "lru-cache";

/** Answers by key, separate for each owner (a store). */
export interface RecentAnswers<Value extends object> {
  /** What `read` returned within the time to live, or returns now. A rejected read is not kept. */
  readonly get: (owner: object, key: string, read: () => Promise<Value>) => Promise<Value>;
  /** Drops an answer: the next `get` reads again, even if a read is under way. */
  readonly forget: (owner: object, key: string) => void;
}

/**
 * A cache of answers.
 * @param ttl how long an answer is kept, in milliseconds.
 * @param max the most answers of one owner; the least recently used is evicted first.
 */
export function recentAnswers<Value extends object>({
  ttl,
  max = 1_000,
}: {
  readonly ttl: number;
  readonly max?: number;
}): RecentAnswers<Value> {
  const caches = new WeakMap<object, LRUCache<string, Promise<Value>>>();
  const cacheOf = (owner: object): LRUCache<string, Promise<Value>> => {
    const known = caches.get(owner);
    if (known !== undefined) return known;
    const made = new LRUCache<string, Promise<Value>>({ ttl, max, ttlResolution: 0 });
    caches.set(owner, made);
    return made;
  };
  return {
    get: (owner, key, read) => {
      const cache = cacheOf(owner);
      const known = cache.get(key);
      if (known !== undefined) return known;
      const answer = read();
      cache.set(key, answer);
      answer.catch(() => {
        if (cache.peek(key) === answer) cache.delete(key);
      });
      return answer;
    },
    forget: (owner, key) => {
      caches.get(owner)?.delete(key);
    },
  };
}

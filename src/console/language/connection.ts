// Asks the language worker. Of `analyse` requests, only the newest needs an answer: while one is under way, the last of those that
// arrive replaces the others.
import type {
  Analysis,
  Choice,
  FoundValue,
  Method,
  ProjectNames,
  Reply,
  Stretch,
  Suggestion,
  WantedValues,
} from "./protocol.js";

/** The worker as it is seen from the page; a test can stand in for it. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: Reply }) => void): void;
  terminate(): void;
}

export interface Language {
  /** Everything that is shown of a text; undefined if a newer text was passed meanwhile. */
  analyse(text: string, asOf: number): Promise<Analysis | undefined>;
  suggest(
    text: string,
    cursor: number,
    asOf: number,
    first: number,
    values: readonly FoundValue[],
  ): Promise<readonly Suggestion[]>;
  wantedValues(text: string, cursor: number): Promise<WantedValues | undefined>;
  choices(text: string, part: Stretch): Promise<readonly Choice[]>;
  newCondition(name: string): Promise<string | undefined>;
  format(text: string): Promise<string | undefined>;
  /** Replaces the names that queries may use. */
  rename(names: ProjectNames): void;
  close(): void;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Connects to a worker; call `rename` before the first request. */
export function connectLanguage(worker: WorkerLike): Language {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  worker.addEventListener("message", ({ data }) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ("failure" in data) asked?.reject(new Error(data.failure));
    else asked?.resolve(data.answer);
  });
  function ask<Answer>(method: Method, ...args: readonly unknown[]): Promise<Answer> {
    lastId += 1;
    const id = lastId;
    worker.postMessage({ kind: "ask", id, method, args });
    return new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject })) as Promise<Answer>;
  }
  return {
    analyse: newestOnly((text: string, asOf: number) => ask<Analysis>("analyse", text, asOf)),
    suggest: (...args) => ask("suggest", ...args),
    wantedValues: (...args) => ask("wantedValues", ...args),
    choices: (...args) => ask("choices", ...args),
    newCondition: (name) => ask("newCondition", name),
    format: (text) => ask("format", text),
    rename: (names) => worker.postMessage({ kind: "names", names }),
    close: () => worker.terminate(),
  };
}

/** Runs one request at a time, then the newest of those that arrived meanwhile. */
function newestOnly<Args extends readonly unknown[], Answer>(
  ask: (...args: Args) => Promise<Answer>,
): (...args: Args) => Promise<Answer | undefined> {
  let isBusy = false;
  let next: { readonly args: Args; readonly resolve: (begun: boolean) => void } | undefined;
  async function begin(args: Args): Promise<Answer> {
    isBusy = true;
    try {
      return await ask(...args);
    } finally {
      const following = next;
      next = undefined;
      isBusy = following !== undefined;
      following?.resolve(true);
    }
  }
  return async (...args) => {
    if (isBusy) {
      next?.resolve(false);
      const isNewest = await new Promise<boolean>((resolve) => {
        next = { args, resolve };
      });
      if (!isNewest) return undefined;
    }
    return begin(args);
  };
}

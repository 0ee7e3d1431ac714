// The language in a web worker: answers the page's questions in their order, so that typing never waits for them.
import type { LanguageService, Method, Reply, Request } from "./protocol.js";
import { languageOf } from "./service.js";

let service: LanguageService | undefined;

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  if (data.kind === "names") service = languageOf(data.names);
  else self.postMessage(answer(data.id, data.method, data.args));
});

function answer(id: number, method: Method, args: readonly unknown[]): Reply {
  try {
    if (service === undefined)
      throw new Error("The language was asked before it was told the project's names.");
    const ask = service[method] as (...values: readonly unknown[]) => unknown;
    return { id, answer: ask(...args) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}

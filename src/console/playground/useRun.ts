// Running the operation: one answer of a query or mutation, or the messages of a subscription.
import { useCallback, useRef, useState } from "react";
import { playgroundStrings as strings } from "../en-playground.js";
import { type NamedOperation, operationsOf, send, subscribe } from "./service.js";

interface Shown {
  /** JSON, or what the page says. */
  readonly text: string;
  /** A line about the answer, as its status and cost. */
  readonly about: string;
  readonly isRunning: boolean;
}

interface Texts {
  readonly operation: string;
  readonly variables: string;
  readonly headers: string;
}

interface Run {
  readonly shown: Shown;
  readonly run: (texts: Texts, cursor: number, chosen?: string) => void;
  readonly stop: () => void;
}

/** The most messages of a subscription that are shown, the newest first. */
const maxMessages = 100;

/** What is shown, and how to run and stop. */
export function useRun(): Run {
  const [shown, show] = useState<Shown>({ text: "", about: strings.noAnswer, isRunning: false });
  const stopped = useRef<() => void>(() => undefined);

  const stop = useCallback(() => {
    stopped.current();
    stopped.current = () => undefined;
    show((last) => ({ ...last, about: strings.stopped, isRunning: false }));
  }, []);

  const run = useCallback((texts: Texts, cursor: number, chosen?: string) => {
    stopped.current();
    stopped.current = () => undefined;
    let variables: Record<string, unknown>;
    let headers: Record<string, string>;
    try {
      variables = objectIn(texts.variables, strings.variables);
      headers = objectIn(texts.headers, strings.headers) as Record<string, string>;
    } catch (error) {
      show({ text: "", about: (error as Error).message, isRunning: false });
      return;
    }
    const picked = pick(operationsOf(texts.operation), cursor, chosen);
    const operation = {
      query: texts.operation,
      variables,
      headers,
      ...(picked?.name === undefined ? {} : { operationName: picked.name }),
    };
    if (picked?.kind === "subscription") {
      const messages: unknown[] = [];
      // What ends this subscription may be heard of when another run has begun.
      let isShown = true;
      show({ text: "", about: strings.listening, isRunning: true });
      const unsubscribe = subscribe(
        operation,
        (body) => {
          messages.unshift(body);
          messages.length = Math.min(messages.length, maxMessages);
          if (isShown) show((last) => ({ ...last, text: messages.map(printed).join("\n\n") }));
        },
        () => {
          if (isShown) show((last) => ({ ...last, about: strings.ended, isRunning: false }));
        },
      );
      stopped.current = () => {
        isShown = false;
        unsubscribe();
      };
      return;
    }
    const controller = new AbortController();
    stopped.current = () => controller.abort();
    show({ text: "", about: strings.running, isRunning: true });
    send(operation, controller.signal).then(
      ({ body, status, tookMs }) =>
        show({ text: printed(body), about: aboutOf(body, status!, tookMs!), isRunning: false }),
      (error: Error) => {
        if (!controller.signal.aborted)
          show({ text: "", about: strings.unreachable(error.message), isRunning: false });
      },
    );
  }, []);

  return { shown, run, stop };
}

/** The chosen operation if there is one of this name, or else the one that the cursor is in, or else the first. */
function pick(
  all: readonly NamedOperation[],
  cursor: number,
  chosen: string | undefined,
): NamedOperation | undefined {
  return (
    all.find(({ name }) => chosen !== undefined && name === chosen) ??
    all.find(({ start, end }) => start <= cursor && cursor <= end) ??
    all[0]
  );
}

/** @throws Error, for the reader, if the text is something else than a JSON object or nothing. */
export function objectIn(text: string, what: string): Record<string, unknown> {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(strings.notJson(what, (error as Error).message));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(strings.notJson(what, ""));
  return value as Record<string, unknown>;
}

function printed(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body, null, 2);
}

function aboutOf(body: unknown, status: number, tookMs: number): string {
  const { extensions } = (body ?? {}) as {
    readonly extensions?: { readonly cost?: { readonly requested?: number; readonly remaining?: number } };
  };
  const { requested, remaining } = extensions?.cost ?? {};
  const line = strings.status(status, tookMs);
  return requested === undefined || remaining === undefined
    ? line
    : `${line}, ${strings.cost(requested, remaining)}`;
}

// An answer as a component sees it: what is known, whether it belongs to the present question, and what can be done if it is
// late or failed. The answer to an earlier question never replaces that of a later one: the earlier question is cancelled.
import type { AnyVariables } from "@urql/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { client, type Failure, failureOf } from "./client.js";
import type { TypedDocument } from "./typed-document.js";

/** After how long an answer is called slow, in milliseconds. */
const slowMs = 900;
/** How soon a service that could not be reached is asked again, in milliseconds. */
const reconnectMs = 2_000;

export interface Answer<Data> {
  /** The newest data; an earlier question's while the present one is under way. */
  readonly data?: Data;
  /** True if `data` is not the present question's answer. */
  readonly isStale: boolean;
  readonly isLoading: boolean;
  /** True if the answer takes long: say what is being done, and offer to stop. */
  readonly isSlow: boolean;
  /** True if the reader stopped it. */
  readonly isStopped: boolean;
  readonly failure?: Failure;
  readonly stop: () => void;
  readonly retry: () => void;
}

interface Known<Data> {
  readonly key: string;
  readonly data?: Data;
  readonly failure?: Failure;
  readonly isFinal: boolean;
}

/**
 * Asks, and asks again as the variables change.
 * @param variables undefined if nothing is to be asked now: the known data is kept and marked stale.
 */
export function useAnswer<Data, Variables extends AnyVariables>(
  document: TypedDocument<Data, Variables>,
  variables: Variables | undefined,
): Answer<Data> {
  const key = variables === undefined ? "" : JSON.stringify(variables);
  const [known, setKnown] = useState<Known<Data>>({ key: "", isFinal: true });
  const [slowKey, setSlowKey] = useState<string>();
  const [stoppedKey, setStoppedKey] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const giveUp = useRef<() => void>(undefined);
  const question = useRef(variables);
  question.current = variables;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the variables, and an attempt asks once more.
  useEffect(() => {
    const asked = question.current;
    if (asked === undefined) return;
    const timer = setTimeout(() => setSlowKey(key), slowMs);
    const { unsubscribe } = client.query<Data, Variables>(document.toString(), asked).subscribe((result) => {
      const failure = failureOf(result);
      if (!result.stale) clearTimeout(timer);
      setKnown((before) => ({
        key,
        data: failure === undefined ? (result.data as Data) : before.data,
        failure,
        isFinal: !result.stale,
      }));
      if (!result.stale) setSlowKey(undefined);
    });
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
    };
    giveUp.current = end;
    return end;
  }, [document, key, attempt]);

  // The failure remains on the page meanwhile.
  const askAgain = useCallback(() => setAttempt((count) => count + 1), []);
  useReconnect(known.key === key ? known.failure : undefined, askAgain);

  const stop = useCallback(() => {
    giveUp.current?.();
    setSlowKey(undefined);
    setStoppedKey(key);
  }, [key]);
  const retry = useCallback(() => {
    setStoppedKey(undefined);
    setKnown((before) => ({ ...before, failure: undefined, isFinal: false }));
    askAgain();
  }, [askAgain]);
  const isPresent = known.key === key && key !== "";
  const isStopped = stoppedKey === key && key !== "";
  return {
    ...(known.data === undefined ? {} : { data: known.data }),
    ...(isPresent && known.failure !== undefined ? { failure: known.failure } : {}),
    isStale: !isPresent || known.failure !== undefined,
    isLoading: key !== "" && !isStopped && !(isPresent && (known.isFinal || known.failure !== undefined)),
    isSlow: slowKey === key && key !== "" && !isStopped,
    isStopped,
    stop,
    retry,
  };
}

/** A debounced value: it follows another one once that has not changed for `restMs` milliseconds. */
export function useRested<Value>(value: Value, restMs: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(() => value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}

/**
 * Asks again, some time after each attempt that could not reach the service.
 * @param failure the last attempt's, an object of its own for each; `ask` stays the same from one rendering to the next.
 */
export function useReconnect(failure: Failure | undefined, ask: () => void): void {
  useEffect(() => {
    if (failure?.kind !== "offline") return;
    const timer = setTimeout(ask, reconnectMs);
    return () => clearTimeout(timer);
  }, [failure, ask]);
}

/** How long after an answer the next is asked for, in milliseconds. */
const defaultPauseMs = 2_000;

/** Keeps an answer up to date while `isLive`. */
export function useLive(
  { isLoading, isStopped, failure, retry }: Answer<unknown>,
  isLive: boolean,
  pauseMs = defaultPauseMs,
): void {
  const isWaiting = isLive && !isLoading && !isStopped && failure === undefined;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(retry, pauseMs);
    return () => clearTimeout(timer);
  }, [isWaiting, retry, pauseMs]);
}

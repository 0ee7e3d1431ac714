// Asks again from time to time, while what is shown changes by itself.
import { useEffect } from "react";
import type { Answer } from "./answer.js";

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

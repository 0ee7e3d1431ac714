// An action of the user: whether it is under way, and why it was refused.
import { useCallback, useState } from "react";
import { strings } from "../en.js";

export interface Action<Args extends readonly unknown[]> {
  readonly isBusy: boolean;
  /** Why it was not done, for the reader. */
  readonly problem?: string;
  /** True once it was done, until it is begun again. */
  readonly isDone: boolean;
  readonly run: (...args: Args) => Promise<boolean>;
}

/** The part of a mutation's answer that says why it was refused. */
export interface Refusals {
  readonly userErrors: readonly { readonly message: string }[];
  readonly diagnostics?: readonly { readonly message: string }[];
}

/** @throws Error with the first reason if there is one. */
export function refuse({ userErrors, diagnostics = [] }: Refusals): void {
  const [reason] = [...userErrors, ...diagnostics];
  if (reason !== undefined) throw new Error(reason.message);
}

/** Runs a change and keeps its outcome. */
export function useAction<Args extends readonly unknown[]>(
  work: (...args: Args) => Promise<void>,
): Action<Args> {
  const [state, setState] = useState<"idle" | "busy" | "done" | { readonly problem: string }>("idle");
  const run = useCallback(
    async (...args: Args) => {
      setState("busy");
      try {
        await work(...args);
        setState("done");
        return true;
      } catch (error) {
        setState({ problem: error instanceof Error ? error.message : strings.state.failed });
        return false;
      }
    },
    [work],
  );
  return {
    isBusy: state === "busy",
    isDone: state === "done",
    ...(typeof state === "object" ? { problem: state.problem } : {}),
    run,
  };
}

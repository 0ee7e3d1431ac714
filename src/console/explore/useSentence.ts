// The sentence of the page: the typed text, what the worker found in it, and the newest text that can be queried. The address
// follows the typed text, and the typed text follows the address if that changes by itself, as after going back.
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useRested } from "../data/answer.js";
import type { Analysis } from "../language/protocol.js";
import type { ExploreSearch } from "./search.js";

export interface Sentence {
  readonly text: string;
  /** The newest sentence from outside the editor, for the editor to show. */
  readonly given: Given;
  readonly analysis?: Analysis;
  /** The newest text without mistakes; empty for everyone, undefined before the worker's first answer. */
  readonly asked?: string;
  /** True if `asked` is not the typed text: that has mistakes, or has not been checked yet. */
  readonly isBehind: boolean;
  /** Takes what is typed, letter by letter. */
  readonly typeText: (text: string) => void;
  /** Takes another sentence as a whole, as a separate step of the browser's history. */
  readonly setText: (text: string) => void;
  readonly setAnalysis: (analysis: Analysis) => void;
}

/** A sentence for the editor to show; `turn` distinguishes it from an earlier one with the same text. */
export interface Given {
  readonly text: string;
  readonly turn: number;
}

/** How long after the last key the address is updated, in milliseconds. */
const addressRestMs = 500;
/** Text typed after so long a pause is a separate step of the browser's history, in milliseconds. */
const stepMs = 3_000;
/** How long the count waits for the next key, in milliseconds. */
export const countRestMs = 40;

/** The sentence that the address holds, and changes to it. */
export function useSentence(): Sentence {
  const search = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const router = useRouter();
  const addressed = search.q ?? "";
  const [text, setTyped] = useState(addressed);
  const [given, setGiven] = useState<Given>({ text: addressed, turn: 0 });
  const [analysis, setAnalysis] = useState<Analysis>();
  const [asked, setAsked] = useState<string>();
  const written = useRef(addressed);
  const lastStep = useRef(0);

  useEffect(() => {
    if (addressed === written.current) return;
    written.current = addressed;
    setTyped(addressed);
    setGiven(({ turn }) => ({ text: addressed, turn: turn + 1 }));
  }, [addressed]);

  const rested = useRested(text, addressRestMs);
  useEffect(() => {
    // A navigation to another page may be loading: it must not be cancelled.
    if (rested === written.current || router.latestLocation.pathname !== "/") return;
    const now = performance.now();
    const isStep = now - lastStep.current > stepMs;
    lastStep.current = now;
    written.current = rested;
    void navigate({
      search: (before: ExploreSearch) => ({ ...before, q: rested === "" ? undefined : rested }),
      replace: !isStep,
    });
  }, [rested, navigate, router]);

  const takeText = useCallback((whole: string) => {
    lastStep.current = Number.NEGATIVE_INFINITY;
    setTyped(whole);
    setGiven(({ turn }) => ({ text: whole, turn: turn + 1 }));
  }, []);
  const takeAnalysis = useCallback((seen: Analysis) => {
    setAnalysis(seen);
    if (seen.text.trim() === "") setAsked("");
    else if (seen.valid) setAsked(seen.text);
  }, []);
  return useMemo(
    () => ({
      text,
      given,
      ...(analysis === undefined ? {} : { analysis }),
      ...(asked === undefined ? {} : { asked }),
      isBehind: asked === undefined || asked.trim() !== text.trim(),
      typeText: setTyped,
      setText: takeText,
      setAnalysis: takeAnalysis,
    }),
    [text, given, analysis, asked, takeText, takeAnalysis],
  );
}

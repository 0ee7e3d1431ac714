// A form that the server checks: each user error is shown beside the field that it is about.
import { useCallback, useState } from "react";
import { strings } from "../en.js";

export interface Mistake {
  /** Path to the part of the arguments, as `["input", "name"]`. */
  readonly field: readonly string[];
  readonly message: string;
}

export interface Submission {
  readonly isBusy: boolean;
  /** The mistake of the field at a path below `input`, as `discount.percent`. */
  readonly at: (path: string) => string | undefined;
  /** Mistakes of no field that the form shows. */
  readonly others: readonly string[];
  /** Sends the form; true if it was accepted. */
  readonly run: () => Promise<boolean>;
}

/**
 * @param fields the paths of the fields that the form shows.
 * @param send sends the form and returns its user errors. @throws Error if there is no answer.
 */
export function useMistakes(fields: readonly string[], send: () => Promise<readonly Mistake[]>): Submission {
  const [isBusy, setBusy] = useState(false);
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const run = useCallback(async () => {
    setBusy(true);
    try {
      const found = await send();
      setMistakes(found);
      return found.length === 0;
    } catch (error) {
      setMistakes([{ field: [], message: error instanceof Error ? error.message : strings.state.failed }]);
      return false;
    } finally {
      setBusy(false);
    }
  }, [send]);
  const isOf = (path: string, { field }: Mistake): boolean => {
    const written = field.slice(1).join(".");
    if (written === path || written.startsWith(`${path}.`)) return true;
    // The server names some parts by themselves, as `percent` for `discount.percent`.
    return path.endsWith(`.${written}`);
  };
  return {
    isBusy,
    run,
    at: (path) => mistakes.find((mistake) => isOf(path, mistake))?.message,
    others: mistakes
      .filter((mistake) => !fields.some((path) => isOf(path, mistake)))
      .map(({ message }) => message),
  };
}

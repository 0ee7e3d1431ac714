// `in sample 10`: a share without its percent sign.
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const shareWithoutPercent: Mistake = {
  of: ["NOT_A_SHARE"],
  recognise: ({ parameters, span, expected }) => {
    const [written, meant] = parameters as readonly [string, string | undefined];
    if (meant === undefined) return undefined;
    return diagnostic("NOT_A_SHARE", [written, meant], span, { expected, fix: { replacement: meant, span } });
  },
};

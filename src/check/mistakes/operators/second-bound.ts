// `age > 30 and < 40`, `country != Poland and != Germany`: a second comparison without its attribute.
import type { Phrase } from "../phrase.js";

const comparison =
  /^(?:is\s+)?(?:not\s+)?(?:[<>=!]|less\s|more\s|greater\s|at\s+(?:least|most)\s|over\s|under\s|before\s|after\s|starts\s|ends\s|contains\s|does\s+not\s|is\s|isn|doesn)/i;

export const secondBound: Phrase = {
  leavesMore: true,
  rewrite: ({ text }, { around, source }) => {
    const previous = around.before.at(-1);
    if (previous?.kind !== "Comparison" || !comparison.test(text)) return [];
    const { span } = previous.attribute;
    const name = source.raw(span.start, span.end);
    return /^(?:is|does)/i.test(text) ? [`${name} ${text}`] : [`${name} ${text}`, `${name} is ${text}`];
  },
};

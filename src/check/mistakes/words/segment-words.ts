// `member of "VIP"`, `segment is VIP`: a segment in other words.
import { quoted } from "../../../../grammar/format.js";
import { resolveSegment } from "../../../catalog/segments.js";
import { closest } from "../../closest.js";
import { type Phrase, phrase } from "../phrase.js";

export const segmentWords = phrase(
  /^(?<not>(?:is|are)(?: not|n['’]?t) |not )?(?:(?:is |are )?(?:an? )?members? of(?: the)?(?: segment)?|(?:is |are )?in(?: the)?(?: segment)?|(?:belongs|belong|belonging) to(?: the)?(?: segment)?|(?:entered|joined)(?: the)? segment|(?:the )?segment (?:is|=)(?: (?<also>not))?) ["']?(?<name>[^"']+?)["']?(?: segment)?$/i,
  ({ not, also, name }, { catalog: { segments } }) => {
    const known = [...segments.byId.values()].filter(({ archived }) => !archived).map((each) => each.name);
    const meant = resolveSegment(segments, name!, undefined)?.name ?? closest(name!, known);
    if (meant === undefined) return [];
    return [`${not === "" && also === "" ? "" : "not "}in segment ${quoted(meant)}`];
  },
);

/** `entered segment "VIP" in the last 7 days`: the language has no word for when customers came to a segment. */
export const segmentOverTime: Phrase = {
  ...phrase(
    /^(?:has |have |who )?(?:left|leaves|exited|dropped out of|entered|enters|joined|became (?:an? )?member of|was added to|added to)(?: the)? segment (?:"(?<quoted>[^"]+)"|'(?<apostrophes>[^']+)'|(?<bare>.+?)) (?:in|within|during|since|before|after|between|on|today|yesterday|this|last|more than|less than)\b.*$/i,
    ({ quoted: one, apostrophes, bare }, { catalog: { segments } }) => {
      const name = `${one}${apostrophes}${bare}`;
      const known = [...segments.byId.values()].filter(({ archived }) => !archived).map((each) => each.name);
      const meant = resolveSegment(segments, name, undefined)?.name ?? closest(name, known);
      return meant === undefined ? [] : [`in segment ${quoted(meant)}`];
    },
  ),
  code: "SEGMENT_OVER_TIME",
};

export const shareOfCustomers = phrase(
  /^(?:an? )?(?:random )?(?:sample (?:of )?)?(?<share>\d+(?:\.\d+)?) ?(?:%|percent)(?: (?:random )?sample)?(?: of)?(?: (?:all )?(?:the )?(?:customers?|people|users?|contacts?))?$/i,
  ({ share }) => [`in sample ${share}%`],
  { isSynonym: () => true },
);

/** `segment VIP`, `exclude segment VIP`: a segment alone. */
export const segmentAlone = phrase(
  /^(?<not>(?:not|exclude|excluding|except|without) )?(?:the )?(?:segment ["']?(?<name>[^"']+?)["']?|["']?(?<other>[^"']+?)["']? segment)$/i,
  ({ not, name, other }, { catalog: { segments } }) => {
    const known = [...segments.byId.values()].filter(({ archived }) => !archived).map((each) => each.name);
    const written = `${name}${other}`;
    const meant = resolveSegment(segments, written, undefined)?.name ?? closest(written, known);
    return meant === undefined ? [] : [`${not === "" ? "" : "not "}in segment ${quoted(meant)}`];
  },
);

/** `in segment VIP or Regulars`: a second segment by its name alone, as a condition of its own. */
export const secondSegment: Phrase = {
  rewrite: ({ text }, { around, catalog: { segments } }) => {
    const previous = around.before.at(-1);
    const meant = resolveSegment(segments, text.replace(/^["']|["']$/g, ""), undefined)?.name;
    // Behind `not`, an `or` may mean either.
    if (previous?.kind !== "Membership" || meant === undefined) return [];
    return [`in segment ${quoted(meant)}`];
  },
};

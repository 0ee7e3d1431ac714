// `member of "VIP"`, `segment is VIP`: a segment in other words.
import { quoted } from "../../../../grammar/format.js";
import { resolveSegment } from "../../../catalog/segments.js";
import { closest } from "../../closest.js";
import { phrase } from "../phrase.js";

export const segmentWords = phrase(
  /^(?<not>(?:is|are)(?: not|n['’]?t) |not )?(?:(?:is |are )?(?:an? )?members? of(?: the)?(?: segment)?|(?:is |are )?in(?: the)?(?: segment)?|(?:belongs|belong|belonging) to(?: the)?(?: segment)?|(?:entered|joined)(?: the)? segment|(?:the )?segment (?:is|=)(?: (?<also>not))?) ["']?(?<name>[^"']+?)["']?(?: segment)?$/i,
  ({ not, also, name }, { catalog: { segments } }) => {
    const known = [...segments.byId.values()].filter(({ archived }) => !archived).map((each) => each.name);
    const meant = resolveSegment(segments, name!, undefined)?.name ?? closest(name!, known);
    if (meant === undefined) return [];
    return [`${not === "" && also === "" ? "" : "not "}in segment ${quoted(meant)}`];
  },
);

export const shareOfCustomers = phrase(
  /^(?:a )?(?:random )?(?:sample of )?(?<share>\d+(?:\.\d+)?) ?(?:%|percent)(?: of)?(?: (?:all )?(?:the )?(?:customers?|people|users?|contacts?))?$/i,
  ({ share }) => [`in sample ${share}%`],
  { isSynonym: () => true },
);

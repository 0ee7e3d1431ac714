// `subscribed to newsletter`, `opted out of sms`: consents in a newsletter's words.
import { closest } from "../../closest.js";
import { phrase } from "../phrase.js";

export const consenting = phrase(
  /^(?<not>(?:is |are |has |have |was )?(?:not|isn['’]?t|hasn['’]?t) (?:been )?|un|(?=opted[ -]out))?(?:is |are |has |have |was )?(?:subscribed(?: (?:to|from))?|subscriber of|consented to|opted[ -](?:in(?:to)?(?: to)?|out(?: of)?)|accepts|agreed to|allows|(?:has |with )?consent (?:for|to)?|has consent) (?:the )?(?<what>.+)$/i,
  ({ what }, { catalog }) => {
    const known = catalog.byName.get("consents")?.values ?? [];
    const consent = known.find((each) => each.toLowerCase() === what!.toLowerCase()) ?? closest(what!, known);
    if (consent === undefined) return [];
    return [`consents contains ${consent}`, `consents does not contain ${consent}`];
  },
);

export const subscriber = phrase(/^(?<what>.+) subscribers?$/i, ({ what }, { catalog }) => {
  const known = catalog.byName.get("consents")?.values ?? [];
  const consent = known.find((each) => each.toLowerCase() === what!.toLowerCase());
  return consent === undefined ? [] : [`consents contains ${consent}`];
});

/** `newsletter is true`, `newsletter consent is yes`: a consent for an attribute. */
export const consentAsFlag = phrase(
  /^(?:the )?(?<what>.+?)(?: consents?)?(?: (?:is|=|==) ?(?<truth>true|yes|granted|given|1|false|no|withdrawn|0))?$/i,
  ({ what, truth }, { catalog }) => {
    const known = catalog.byName.get("consents")?.values ?? [];
    const consent = known.find((each) => each.toLowerCase() === what!.toLowerCase());
    if (consent === undefined) return [];
    const isDenied = /^(?:false|no|withdrawn|0)$/i.test(truth!);
    return [`consents ${isDenied ? "does not contain" : "contains"} ${consent}`];
  },
);

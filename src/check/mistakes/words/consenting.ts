// `subscribed to newsletter`, `opted out of sms`: consents in a newsletter's words.
import type { Catalog } from "../../../catalog/model.js";
import { closest } from "../../closest.js";
import { phrase } from "../phrase.js";

const words =
  /^(?<not>(?:is |are |has |have |was )?(?:not|isn['’]?t|hasn['’]?t) (?:been )?|un|(?=opted[ -]out))?(?:is |are |has |have |was )?(?:subscribed(?: (?:to|from))?|subscriber of|consented to|opted[ -](?:in(?:to)?(?: to)?|out(?: of)?)|accepts|agreed to|allows|(?:has |with )?consent (?:for|to)?|has consent) (?:the )?(?<what>.+)$/i;

export const consenting = phrase(
  words,
  ({ what }, { catalog }) => consentedTo(consentsOf(catalog).find((each) => isSame(each, what!))),
  { isSynonym: (written) => !/^was\b/i.test(written) },
);

export const misspeltConsent = phrase(words, ({ what }, { catalog }) =>
  consentedTo(closest(what!, consentsOf(catalog))),
);

/** Which of the two it is, the words around it decide. */
function consentedTo(consent: string | undefined): readonly string[] {
  if (consent === undefined) return [];
  return [`consents contains ${consent}`, `consents does not contain ${consent}`];
}

function consentsOf(catalog: Catalog): readonly string[] {
  return catalog.byName.get("consents")?.values ?? [];
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export const subscriber = phrase(
  /^(?<what>.+) subscribers?$/i,
  ({ what }, { catalog }) => {
    const consent = consentsOf(catalog).find((each) => isSame(each, what!));
    return consent === undefined ? [] : [`consents contains ${consent}`];
  },
  { isSynonym: () => true },
);

/** `newsletter is true`, `newsletter consent is yes`: a consent for an attribute. */
export const consentAsFlag = phrase(
  /^(?:the )?(?<what>.+?)(?: consents?)?(?: (?:is|=|==) ?(?<truth>true|yes|granted|given|1|false|no|withdrawn|0))?$/i,
  ({ what, truth }, { catalog }) => {
    const consent = consentsOf(catalog).find((each) => isSame(each, what!));
    if (consent === undefined) return [];
    const isDenied = /^(?:false|no|withdrawn|0)$/i.test(truth!);
    return [`consents ${isDenied ? "does not contain" : "contains"} ${consent}`];
  },
);

/** `Email Marketing Status is Subscribed`: the one consent to e-mail as a status. */
export const emailStatus = phrase(
  /^(?:the )?email[_ ](?:marketing[_ ]|subscription[_ ])?(?:status|consent) (?:is|=|==|equals) ['"]?(?<not>not |un|never )?subscribed['"]?$/i,
  ({ not }, { catalog }) => {
    const found = consentsOf(catalog).filter((each) => /e-?mail|newsletter/i.test(each));
    if (found.length !== 1) return [];
    return [`consents ${not === "" ? "contains" : "does not contain"} ${found[0]}`];
  },
);

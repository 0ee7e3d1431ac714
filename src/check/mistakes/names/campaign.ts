// `redemptions in campaign Club`, `loyalty points in campaign Clubs`: an attribute that can't be narrowed to a campaign, a
// misspelt campaign.
import { quoted } from "../../../../grammar/format.js";
import { closest } from "../../closest.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const campaignNotTaken: Mistake = {
  of: ["CAMPAIGN_NOT_TAKEN"],
  recognise: ({ about: { condition, value }, parameters, span }, { source }) => {
    if (condition?.kind !== "Comparison" || value === undefined) return undefined;
    const [attribute] = parameters as readonly [string];
    return diagnostic("CAMPAIGN_NOT_TAKEN", [attribute], span, {
      fix: { replacement: "", span: source.span(condition.attribute.span.end, value.span.end) },
    });
  },
};

export const misspeltCampaign: Mistake = {
  of: ["UNKNOWN_CAMPAIGN"],
  recognise: ({ about: { value }, span, expected }) => {
    const meant = value === undefined ? undefined : closest(value.text, expected);
    if (value === undefined || meant === undefined) return undefined;
    return diagnostic("UNKNOWN_CAMPAIGN", [value.text, meant, expected], span, {
      expected,
      fix: { replacement: quoted(meant), span },
    });
  },
};

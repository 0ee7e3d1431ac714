// The mistake campaign: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "loyalty points in campaign Clubs is 0",
    code: "UNKNOWN_CAMPAIGN",
    message: "There is no campaign `Clubs` here. Did you mean `Club`?",
    mended: 'loyalty points in campaign "Club" is 0',
  },
  {
    written: "redemptions in campaign Club is 0",
    code: "CAMPAIGN_NOT_TAKEN",
    message:
      "`redemptions.count` can't be narrowed to a campaign. Take `in campaign …` away; only gift cards, loyalty and referrals can be narrowed.",
    mended: "redemptions is 0",
  },
]);

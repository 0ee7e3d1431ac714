// The parts of a campaign's page, as the address names them.
export const campaignTabs = ["rules", "codes", "redemptions"] as const;

/** Reads an address; an unknown part is left out. */
export function readCampaignTab(search: Record<string, unknown>): {
  readonly tab?: (typeof campaignTabs)[number];
} {
  const tab = campaignTabs.find((each) => each === search.tab);
  return tab === undefined ? {} : { tab };
}

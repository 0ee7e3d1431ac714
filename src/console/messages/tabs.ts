// The parts of a distribution's page, as the address names them.
export const distributionTabs = ["preview", "recipients"] as const;

/** Reads an address; an unknown part is left out. */
export function readDistributionTab(search: Record<string, unknown>): {
  readonly tab?: (typeof distributionTabs)[number];
} {
  const tab = distributionTabs.find((each) => each === search.tab);
  return tab === undefined ? {} : { tab };
}

// The parts of a segment's page, and the address of each.
export const segmentTabs = ["members", "growth", "feed"] as const;
export type SegmentTab = (typeof segmentTabs)[number];

/** The part that an address names; by default the members. */
export function readSegmentTab(search: Record<string, unknown>): { readonly tab?: SegmentTab } {
  const tab = segmentTabs.find((each) => each === search.tab);
  return tab === undefined || tab === "members" ? {} : { tab };
}

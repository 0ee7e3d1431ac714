// What the fields for an audience and for a customer say, in English.
export const audienceStrings = {
  segments: "Segments",
  addSegment: "Add a segment…",
  how: { allOf: "in all of", anyOf: "in any of", noneOf: "in none of" },
  howLabel: (name: string) => `How ${name} counts`,
  removeSegment: (name: string) => `Remove ${name}`,
  customer: "Customer",
  customerMore: "Source id, or the whole name or e-mail",
} as const;

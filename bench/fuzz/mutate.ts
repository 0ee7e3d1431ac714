// Mutated sentences: stretches removed, doubled, moved, cut off, and words and signs inserted, all from one seed.

/** Numbers that look random, the same ones for the same seed (mulberry32, by Tommy Ettinger, public domain). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pieces: readonly string[] = [
  ..."and or not all any none of where in the last within since before after between on today yesterday at least".split(
    " ",
  ),
  ..."most exactly more less than once twice times has did never performed placed first segment sample campaign".split(
    " ",
  ),
  ..."sum average min max count customer is contains starts ends with unknown empty value true email age vip".split(
    " ",
  ),
  ..."orders.count login 3 10% 1 ,000 01.02 2026-02-30 $5 €5 30 days ago ( ) [ ] , = != < >= == \" ' ` \\ -- #".split(
    " ",
  ),
  "any of (",
  "city in (",
  "\n",
  "\r\n",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\0",
  "é",
  "🦊",
  "\ud800",
  "\u0130",
  "o'brien",
  " ".repeat(20),
  "9".repeat(60),
];

/** One of the sentences, changed in one to five places; sometimes several are joined first. */
export function mutated(sentences: readonly string[], random: (below: number) => number): string {
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;
  let text = pick(sentences);
  while (random(4) === 0)
    text = `${text}${pick([" and ", " or ", " and not (", ", ", " "])}${pick(sentences)}`;
  for (let changes = 1 + random(5); changes > 0; changes -= 1) {
    const start = random(text.length + 1);
    const end = Math.min(text.length, start + random(12));
    const stretch = text.slice(start, end);
    const change = [
      "",
      stretch + stretch,
      pick(pieces),
      ` ${pick(pieces)} `,
      stretch + pick(pieces),
      pick(pieces).repeat(1 + random(8)),
    ][random(6)]!;
    text = random(40) === 0 ? text.slice(0, start) : text.slice(0, start) + change + text.slice(end);
  }
  return text;
}

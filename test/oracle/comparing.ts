// One random comparison of one attribute: its meaning, and its words as the page's table of comparisons has them.
import { isSet } from "./attributes.js";
import { dayParts } from "./calendar.js";
import type { Choices } from "./choices.js";
import { spanOf } from "./dates.js";
import { drawDate, drawDecimal, drawSpan, drawText, drawTexts, type Hand } from "./drawing.js";
import { compareFractions, decimal } from "./number.js";
import * as pools from "./pools.js";
import type { Comparison, DateComparison, Item } from "./tree.js";
import { anyCase, writeDate, writeList, writeMoney, writeNumber, writeSpan, writeText } from "./wording.js";

export interface Written {
  readonly comparison: Comparison;
  readonly negated: boolean;
  /** Empty if a true/false attribute stands alone. */
  readonly words: string;
}

/** A random comparison that the hand's type has. */
export function writeComparison(hand: Hand): Written {
  const { type, choices, isMeasure } = hand;
  if (choices.chance(8)) return known(hand);
  switch (type) {
    case "text":
    case "exact text":
      return text(hand);
    case "country":
    case "source":
    case "intercom type":
      return choice(hand);
    case "number":
    case "money":
      return number(hand);
    case "boolean":
      return truth(hand);
    case "datetime":
      return choices.pick([date, date, ago, window])(hand);
    case "date":
      return choices.pick(isMeasure ? [date, ago, window] : [date, ago, window, anniversary, anniversary])(
        hand,
      );
    default:
      return set(hand);
  }
}

/** Fills the gaps `{}` of one of the wordings. The second list holds those that say the opposite. */
function worded(
  comparison: Comparison,
  [plain, opposite]: readonly [readonly string[], readonly string[]],
  operands: readonly string[],
  { choices, isMeasure }: Hand,
): Written {
  const negated = opposite.length > 0 && choices.chance(35);
  const forms = (negated ? opposite : plain).filter((form) => !isMeasure || /^(is |[=!<>])/.test(form));
  const parts = choices.pick(forms).split("{}");
  const words = parts.map((part, index) => `${anyCase(part, choices)}${operands[index] ?? ""}`).join("");
  return { comparison, negated, words };
}

function known(hand: Hand): Written {
  return worded(
    { kind: "known" },
    [
      ["has any value", "exists", "is known", "is not unknown", "known"],
      ["is unknown", "does not exist", "is not known", "unknown", ...(isSet(hand.type) ? ["is empty"] : [])],
    ],
    [],
    hand,
  );
}

const listForms = [
  ["is any of {}", "any of {}", "in {}", "is not none of {}"],
  ["is none of {}", "none of {}", "not in {}", "is not any of {}"],
] as const;

function text(hand: Hand): Written {
  const { choices } = hand;
  const how = choices.pick(["is", "is", "list", "starts", "ends", "contains"] as const);
  if (how === "list") {
    const texts = drawTexts("is", hand);
    const list = writeList(
      texts.map((one) => writeText(one, choices, hand.inside)),
      choices,
    );
    return worded({ kind: "text", how: "is", texts }, listForms, [list], hand);
  }
  const one = drawText(how, hand);
  const forms = {
    is: [
      ["is {}", "= {}"],
      ["is not {}", "!= {}"],
    ],
    starts: [["starts with {}"], ["does not start with {}"]],
    ends: [["ends with {}"], ["does not end with {}"]],
    contains: [["contains {}"], ["does not contain {}"]],
  } as const;
  return worded(
    { kind: "text", how, texts: [one] },
    forms[how],
    [writeText(one, choices, hand.inside)],
    hand,
  );
}

function sourceSpelling(source: string, choices: Choices): string {
  const spaced = source.replaceAll("_", " ");
  const titled = spaced.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return choices.pick([source, spaced, titled, source.toUpperCase()]);
}

function choice(hand: Hand): Written {
  const { type, choices } = hand;
  const amount = choices.chance(50) ? 1 : 1 + choices.below(3);
  const values: string[] = [];
  const written: string[] = [];
  for (let index = 0; index < amount; index += 1) {
    const options =
      type === "country"
        ? pools.countrySpellings
        : type === "source"
          ? pools.sources
          : (["lead", "user"] as const);
    const value = choices.pick<string>(options);
    values.push(value);
    const spelling = type === "country" ? value : sourceSpelling(value, choices);
    written.push(writeText(type === "country" ? anyCase(spelling, choices) : spelling, choices, hand.inside));
  }
  const comparison: Comparison =
    type === "country" ? { kind: "country", texts: values } : { kind: "choice", values };
  if (amount > 1 || choices.chance(30)) {
    return worded(comparison, listForms, [writeList(written, choices)], hand);
  }
  return worded(comparison, [["is {}"], ["is not {}"]], written, hand);
}

const numberForms = {
  is: [
    ["is {}", "= {}"],
    ["is not {}", "!= {}"],
  ],
  less: [["is less than {}", "less than {}", "< {}"], ["is not less than {}"]],
  more: [["is more than {}", "more than {}", "> {}"], ["is not more than {}"]],
  "at least": [["is at least {}", "at least {}", ">= {}"], ["is not at least {}"]],
  "at most": [["is at most {}", "at most {}", "<= {}"], ["is not at most {}"]],
  between: [["is between {} and {}", "between {} and {}"], ["is not between {} and {}"]],
} as const;

function number(hand: Hand): Written {
  const { type, world, choices } = hand;
  const write = (one: string, inList: boolean): string =>
    type === "money"
      ? writeMoney(one, world.project.currency, inList, choices)
      : writeNumber(one, inList, choices);
  const how = choices.pick(["is", "list", "less", "more", "at least", "at most", "between"] as const);
  if (how === "list") {
    const decimals = [drawDecimal(hand), drawDecimal(hand)];
    const list = writeList(
      decimals.map((one) => write(one, true)),
      choices,
    );
    return worded(
      { kind: "number", how: "is", decimals },
      [["is any of {}", "any of {}"], ["is not any of {}"]],
      [list],
      hand,
    );
  }
  const decimals =
    how === "between"
      ? [drawDecimal(hand), drawDecimal(hand)].sort((left, right) =>
          compareFractions(decimal(left), decimal(right)),
        )
      : [drawDecimal(hand)];
  const written = decimals.map((one) => write(one, false));
  return worded({ kind: "number", how, decimals }, numberForms[how], written, hand);
}

function truth(hand: Hand): Written {
  const { choices } = hand;
  return choices.chance(30)
    ? worded(
        { kind: "truth", value: false },
        [
          ["is false", "is no"],
          ["is not false", "is not no"],
        ],
        [],
        hand,
      )
    : worded(
        { kind: "truth", value: true },
        [
          ["is true", "is yes", "", ""],
          ["is not true", "is not yes"],
        ],
        [],
        hand,
      );
}

function dateForms(how: DateComparison, namesADay: boolean): readonly [readonly string[], readonly string[]] {
  switch (how) {
    case "is":
      return [
        ["is {}", "= {}", ...(namesADay ? ["on {}"] : [])],
        ["is not {}", "!= {}"],
      ];
    case "before":
    case "after":
      return [[`is ${how} {}`, `${how} {}`, how === "before" ? "< {}" : "> {}"], [`is not ${how} {}`]];
    case "on or before":
      return [["is on or before {}", "on or before {}", "<= {}"], ["is not on or before {}"]];
    case "on or after":
      return [["is on or after {}", "on or after {}", ">= {}", "starts at {}"], ["is not on or after {}"]];
    case "between":
      return [["is between {} and {}", "between {} and {}"], ["is not between {} and {}"]];
  }
}

function date(hand: Hand): Written {
  const { world, choices } = hand;
  const how = choices.pick(["is", "before", "after", "on or before", "on or after", "between"] as const);
  // `is in 2 weeks` would start as `is in (…)` and `is in the last …` do: left to the comparisons that can't be mistaken.
  const drawn = () => drawDate(hand, how !== "is");
  const { project } = world;
  const start = (one: ReturnType<typeof drawn>): number =>
    spanOf(one, Date.parse(project.asOf), project.timezone).start;
  const dates =
    how === "between" ? [drawn(), drawn()].sort((left, right) => start(left) - start(right)) : [drawn()];
  const kind = dates[0]?.kind;
  const namesADay = kind === "day" || kind === "day and month" || kind === "relative day" || kind === "time";
  const written = dates.map((one) => writeDate(one, choices));
  return worded({ kind: "date", how, dates }, dateForms(how, namesADay), written, hand);
}

function ago(hand: Hand): Written {
  const { choices } = hand;
  const span = drawSpan(choices);
  const how = choices.pick(["more", "less", "exactly"] as const);
  const words = how === "exactly" ? "exactly {} ago" : `${how} than {} ago`;
  return worded(
    { kind: "ago", how, span },
    [[words, words, `is ${words}`], [`is not ${words}`]],
    [writeSpan(span, choices)],
    hand,
  );
}

function window(hand: Hand): Written {
  const { choices } = hand;
  const span = drawSpan(choices);
  const toward = choices.pick(["last", "next"] as const);
  return worded(
    { kind: "window", toward, span },
    [[`in the ${toward} {}`, `is in the ${toward} {}`], [`is not in the ${toward} {}`]],
    [writeSpan(span, choices)],
    hand,
  );
}

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function anniversary(hand: Hand): Written {
  const { choices } = hand;
  const equality = [["anniversary is {}"], ["anniversary is not {}"]] as const;
  const how = choices.pick(["window", "relative", "day", "month"] as const);
  if (how === "window") {
    const drawn = drawSpan(choices);
    const span = drawn.unit === "year" ? { ...drawn, amount: 1 } : drawn;
    const toward = choices.pick(["next", "last"] as const);
    return worded(
      { kind: "anniversary window", toward, span },
      [
        [`anniversary is in the ${toward} {}`, `anniversary in the ${toward} {}`],
        [`anniversary is not in the ${toward} {}`],
      ],
      [writeSpan(span, choices)],
      hand,
    );
  }
  if (how === "relative") {
    const on = { kind: "relative day", days: choices.pick([0, -1, 1]) } as const;
    return worded({ kind: "anniversary", on }, equality, [writeDate(on, choices)], hand);
  }
  const { month, day } = dayParts(choices.pick(hand.seen.days));
  if (how === "month") {
    const forms = [["month is {}"], ["month is not {}"]] as const;
    return worded({ kind: "month", month }, forms, [anyCase(monthNames[month - 1] ?? "May", choices)], hand);
  }
  const on = { kind: "day and month", day, month } as const;
  return worded({ kind: "anniversary", on }, equality, [writeDate(on, choices)], hand);
}

function set(hand: Hand): Written {
  const { choices } = hand;
  const how = choices.pick(["one", "one", "any", "all", "empty", "size"] as const);
  if (how === "empty") return worded({ kind: "empty" }, [["is empty", "empty"], ["is not empty"]], [], hand);
  if (how === "size") {
    const atLeast = 1 + choices.below(4);
    return worded({ kind: "size", atLeast }, [[`has at least ${atLeast}`], []], [], hand);
  }
  const drawn = Array.from({ length: how === "one" ? 1 : 1 + choices.below(3) }, () =>
    drawItem(hand, how !== "one"),
  );
  const comparison: Comparison = {
    kind: "contains",
    every: how === "all",
    items: drawn.map(([item]) => item),
  };
  const written = drawn.map(([, words]) => words);
  if (how === "one") return worded(comparison, [["contains {}"], ["does not contain {}"]], written, hand);
  return worded(comparison, [[`contains ${how} of {}`], []], [writeList(written, choices)], hand);
}

/** Something that the set may hold, and its words. */
function drawItem(hand: Hand, inList: boolean): readonly [Item, string] {
  const { type, world, choices } = hand;
  switch (type) {
    case "number set": {
      const one = drawDecimal(hand);
      return [{ kind: "number", decimal: one }, writeNumber(one, inList, choices)];
    }
    case "boolean set": {
      const value = choices.chance(50);
      return [
        { kind: "boolean", value },
        anyCase(choices.pick(value ? ["true", "yes"] : ["false", "no"]), choices),
      ];
    }
    case "date set":
    case "datetime set": {
      const one = drawDate(hand, false, true);
      return [{ kind: "date", date: one }, writeDate(one, choices)];
    }
    case "consents": {
      const text = anyCase(choices.pick(world.project.consents), choices);
      return [{ kind: "text", text }, writeText(text, choices, hand.inside)];
    }
    default: {
      const text = drawText(type === "products" ? "contains" : "is", hand);
      return [{ kind: "text", text }, writeText(text, choices, hand.inside)];
    }
  }
}

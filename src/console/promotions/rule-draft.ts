// What the form of a validation rule holds, and the input that it sends.

import { audienceInput, type ChosenSegment } from "../audience/audience.js";
import { momentOf, wallTime } from "../parts/format.js";
import type { RuleRowFragment, ValidationRuleInput } from "./generated.js";

export interface RuleDraft {
  readonly name: string;
  readonly total: string;
  readonly perCustomer: string;
  readonly perDay: string;
  readonly from: string;
  readonly until: string;
  readonly minimumOrder: string;
}

/** The texts of the form's fields for a rule; empty for a new one. */
export function draftOf(rule: RuleRowFragment | undefined, timezone: string): RuleDraft {
  const written = (value: number | null | undefined): string => (value == null ? "" : String(value));
  return {
    name: rule?.name ?? "",
    total: written(rule?.limits.total),
    perCustomer: written(rule?.limits.perCustomer),
    perDay: written(rule?.limits.perDay),
    from: wallText(rule?.from, timezone),
    until: wallText(rule?.until, timezone),
    minimumOrder: rule?.minimumOrder?.amount ?? "",
  };
}

function wallText(moment: string | null | undefined, timezone: string): string {
  return moment == null ? "" : wallTime(moment, timezone);
}

/** The moment that a field says. Fields show minutes only: the stored moment is kept, with its seconds, while the text is that of it. */
function momentIn(text: string, stored: string | null | undefined, timezone: string): string | null {
  if (text === "") return null;
  return stored != null && text === wallText(stored, timezone) ? stored : momentOf(text, timezone);
}

/** @param rule the rule that the draft was made of; undefined for a new one. */
export function ruleInput(
  rule: Pick<RuleRowFragment, "from" | "until"> | undefined,
  draft: RuleDraft,
  query: string,
  segments: readonly ChosenSegment[],
  timezone: string,
): ValidationRuleInput {
  const number = (value: string): number | null => (value.trim() === "" ? null : Number(value));
  const minimum = draft.minimumOrder.trim();
  return {
    name: draft.name,
    audience: audienceInput(query, segments),
    limits: {
      total: number(draft.total),
      perCustomer: number(draft.perCustomer),
      perDay: number(draft.perDay),
    },
    from: momentIn(draft.from, rule?.from, timezone),
    until: momentIn(draft.until, rule?.until, timezone),
    minimumOrder: minimum === "" ? null : { amount: minimum },
  };
}

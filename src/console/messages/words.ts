// A distribution in words: when it writes, and how far it is.
import { quoted } from "../../../grammar/format.js";
import { messageStrings } from "../en-messages.js";
import { formatMoment } from "../parts/format.js";
import type { DistributionDetailsFragment, DistributionRowFragment, ProgressFragment } from "./generated.js";

type Trigger = Pick<DistributionRowFragment, "trigger" | "sendAt" | "segment" | "eventType">;

/** When a distribution writes, as `each time a customer leaves “VIP”`. */
export function whenOf({ trigger, sendAt, segment, eventType }: Trigger, timezone: string): string {
  const { when } = messageStrings;
  switch (trigger) {
    case "NOW":
      return when.now;
    case "AT":
      return when.at(sendAt === null ? "" : formatMoment(sendAt, timezone));
    case "ENTERED":
      return when.entered(segment?.name ?? "");
    case "LEFT":
      return when.left(segment?.name ?? "");
    case "EVENT":
      return when.event(eventType ?? "");
    default:
      return trigger satisfies never;
  }
}

/** What was not sent and why, one phrase each, what a person has to decide first. */
export function notSentOf({ failed, inDoubt, skipped }: ProgressFragment["progress"]): readonly string[] {
  const { progress: words, skips } = messageStrings;
  return [
    ...(inDoubt === 0 ? [] : [words.inDoubt(inDoubt)]),
    ...(failed === 0 ? [] : [words.failed(failed)]),
    ...skipped.map(({ reason, count }) => skips[reason](count)),
  ];
}

/** True while its numbers change by themselves. */
export function isUnderWay({ state, startedAt, progress }: ProgressFragment): boolean {
  if (state === "ACTIVE" || state === "CANCELING") return true;
  // What was being sent as it was paused is finished.
  return startedAt !== null && progress.sending > 0;
}

/** The sentence of the customers who can be written to: in the audience, with the permission, and with an address. */
export function reachableQuery({
  audience,
  consent,
  channel,
}: Pick<DistributionDetailsFragment, "audience" | "consent" | "channel">): string {
  // A comment in the audience ends with its line.
  const permitted = `(${audience}\n) and consents contains ${quoted(consent)}`;
  return channel === "EMAIL" ? `${permitted} and email has any value` : permitted;
}

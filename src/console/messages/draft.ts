// What the form of a distribution holds, and the inputs that it sends.
import type { ProjectNames } from "../language/protocol.js";
import { momentOf } from "../parts/format.js";
import type {
  AudienceInput,
  DistributionCreateInput,
  DistributionDetailsFragment,
  DistributionTriggerInput,
  DistributionUpdateInput,
} from "./generated.js";

export interface DistributionDraft {
  readonly name: string;
  readonly purpose: string;
  readonly channel: DistributionDetailsFragment["channel"];
  readonly url: string;
  readonly subject: string;
  readonly body: string;
  readonly trigger: DistributionDetailsFragment["trigger"];
  /** A moment on the clock of the project's zone, as `2026-10-02T14:05`. */
  readonly at: string;
  /** The id of a segment. */
  readonly segment: string;
  readonly event: string;
  readonly consent: string;
  /** The id of a campaign; empty for none. */
  readonly campaign: string;
  readonly rate: string;
}

/** Most messages a minute, unless something else is written. */
const usualRate = 600;

/** Segments whose entries and exits are recorded. */
export function liveSegments({ segments }: Pick<ProjectNames, "segments">) {
  return segments.filter(({ archived, query }) => !archived && query !== undefined);
}

/** The form's values for a distribution; for a new one, those that are chosen before. */
export function draftOf(
  distribution: DistributionDetailsFragment | undefined,
  names: Pick<ProjectNames, "segments" | "events" | "consents">,
): DistributionDraft {
  return {
    name: distribution?.name ?? "",
    purpose: distribution?.purpose ?? "",
    channel: distribution?.channel ?? "EMAIL",
    url: distribution?.url ?? "",
    subject: distribution?.template.subject ?? "",
    body: distribution?.template.body ?? "",
    trigger: distribution?.trigger ?? "NOW",
    at: "",
    segment: liveSegments(names)[0]?.id ?? "",
    event: names.events[0]?.name ?? "",
    consent: distribution?.consent ?? names.consents[0] ?? "",
    campaign: "",
    rate: String(distribution?.ratePerMinute ?? usualRate),
  };
}

const templateOf = ({ channel, subject, body }: DistributionDraft) => ({
  subject: channel === "EMAIL" ? subject : null,
  body,
});

const urlOf = ({ channel, url }: DistributionDraft): string | null => (channel === "WEBHOOK" ? url : null);

function triggerOf(draft: DistributionDraft, timezone: string): DistributionTriggerInput | null {
  switch (draft.trigger) {
    case "NOW":
      return null;
    case "AT":
      return { at: momentOf(draft.at, timezone) };
    case "ENTERED":
      return { entered: draft.segment };
    case "LEFT":
      return { left: draft.segment };
    case "EVENT":
      return { event: draft.event };
    default:
      return draft.trigger satisfies never;
  }
}

/** A new distribution. */
export function createInput(
  draft: DistributionDraft,
  audience: AudienceInput,
  timezone: string,
): DistributionCreateInput {
  return {
    name: draft.name,
    purpose: draft.purpose,
    channel: draft.channel,
    url: urlOf(draft),
    secret: null,
    template: templateOf(draft),
    audience,
    trigger: triggerOf(draft, timezone),
    consent: draft.consent,
    campaign: draft.campaign === "" ? null : { id: draft.campaign },
    ratePerMinute: Number(draft.rate),
  };
}

/** What can still be changed. */
export function updateInput(id: string, draft: DistributionDraft): DistributionUpdateInput {
  return {
    by: { id },
    purpose: draft.purpose,
    template: templateOf(draft),
    url: urlOf(draft),
    ratePerMinute: Number(draft.rate),
  };
}

/** The fields that a template can name, most wanted first. */
export function templateFields(
  { trigger, event, campaign }: Pick<DistributionDraft, "trigger" | "event" | "campaign">,
  { events, customerMetadata }: Pick<ProjectNames, "events" | "customerMetadata">,
): readonly string[] {
  const properties = events.find(({ name }) => name === event)?.properties ?? [];
  const isPlain = (key: string): boolean => /^[A-Za-z_][\w-]*$/.test(key);
  const below = (path: string, keys: readonly { readonly name: string }[]): readonly string[] =>
    keys.map(({ name }) => (isPlain(name) ? `${path}.${name}` : `${path}["${name}"]`));
  return [
    "customer.name",
    ...(campaign === "" ? [] : ["code"]),
    ...(trigger === "EVENT" ? below("event.properties", properties) : []),
    "customer.email",
    "customer.address.city",
    ...below("customer.metadata", customerMetadata),
    "distribution.purpose",
  ];
}

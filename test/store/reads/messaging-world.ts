// Distributions and messages for the tests of named reads.
import type { DistributionState, MessageStatus } from "../../../src/documents/message-documents.js";

const at = new Date(Date.UTC(2026, 4, 1, 12));

function distribution(project: string, name: string, id: string, state: DistributionState) {
  return {
    _id: `${project}/${name}`,
    project,
    ...{ name, name_key: name, distribution_id: id, purpose: "News", consent: "newsletter", rate: 60, state },
    template: { body: "Hello" },
    audience: { all_of: [], any_of: [], none_of: [] },
    trigger: name === "summer" ? { kind: "now" as const } : { kind: "event" as const, type: "visit" },
    channel: { kind: "email" as const },
    ...{ created_at: at, updated_at: at },
  };
}

function message(project: string, id: string, of: string, to: string, status: MessageStatus, day: number) {
  return {
    ...{ _id: `${project}/${id}`, project, distribution: of, message_id: id, customer: `${project}/${to}` },
    ...{ status, attempts: 0, at, due_at: new Date(Date.UTC(2026, 4, day, 12)) },
  };
}

export const messagingWorld = {
  distributions: [
    distribution("shop", "spring", "d1", "active"),
    distribution("shop", "summer", "d2", "canceling"),
    distribution("shop", "autumn", "d3", "paused"),
    distribution("shop", "winter", "d4", "finished"),
    distribution("shop-2", "spring", "d5", "active"),
  ],
  messages: [
    message("shop", "m1", "d1", "ann", "planned", 3),
    message("shop", "m2", "d1", "bob", "planned", 2),
    message("shop", "m3", "d1", "Cyd", "planned", 4),
    message("shop", "m4", "d1", "dan", "sent", 1),
    message("shop", "m5", "d1", "eve", "no_consent", 1),
    message("shop", "m6", "d2", "ann", "planned", 1),
    message("shop-2", "m7", "d1", "ann", "planned", 1),
  ],
};

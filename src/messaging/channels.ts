// The channels of a process.
import type { DistributionChannel } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import type { Channel } from "./channel.js";
import { emailChannel } from "./email-channel.js";
import { webhookChannel } from "./webhook-channel.js";

/** A channel of each kind. */
export type Channels = Readonly<Record<DistributionChannel["kind"], Channel>>;

export function openChannels(engine: Engine): Channels {
  return { webhook: webhookChannel(engine), email: emailChannel(engine.mail) };
}

export function closeChannels(channels: Channels): void {
  for (const channel of Object.values(channels)) channel.close();
}

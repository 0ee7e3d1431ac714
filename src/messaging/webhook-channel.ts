// Messages posted to a URL, signed as webhooks are (https://www.standardwebhooks.com).
import { systemClock } from "../clock.js";
import type { Engine } from "../engine.js";
import { signedHeaders } from "../outbox/signature.js";
import { webhookSender } from "../outbox/webhook-sender.js";
import type { Channel, Outcome, Outgoing } from "./channel.js";

/** A channel to webhooks, with the filter of addresses that webhooks have. */
export function webhookChannel({ allowPrivateWebhooks = false }: Engine): Channel {
  const sender = webhookSender(allowPrivateWebhooks);
  return {
    obstacle: () => undefined,
    send: async (message, signal) => {
      const { channel } = message.distribution;
      if (channel.kind !== "webhook") throw new TypeError("The distribution is of another channel.");
      const body = bodyOf(message);
      // The machine's clock: receivers compare the signed time with theirs.
      const headers = signedHeaders([channel.secret], message.messageId, systemClock(), body);
      return outcomeOf(await sender.post({ url: channel.url, headers, body }, signal));
    },
    close: sender.close,
  };
}

function bodyOf({ distribution, messageId, customer, rendered, code, isTest }: Outgoing): string {
  return JSON.stringify({
    type: "message",
    data: {
      project: distribution.project,
      messageId,
      distribution: distribution.name,
      purpose: distribution.purpose,
      customerId: customer._id,
      sourceId: customer.source_id,
      text: rendered.body,
      ...(code === undefined ? {} : { code }),
      ...(isTest === true ? { test: true } : {}),
    },
  });
}

/** Answers by which a receiver asks for another attempt. */
const retried: ReadonlySet<number> = new Set([408, 425, 429]);
/** Answers that concern every message. So does any redirect, which is not followed. */
const misconfigured: ReadonlySet<number> = new Set([401, 403, 404, 405, 410]);

function outcomeOf({
  status,
  problem,
  isUncertain,
}: Awaited<ReturnType<ReturnType<typeof webhookSender>["post"]>>): Outcome {
  if (problem === undefined) return { kind: "sent" };
  if (status === undefined) return { kind: isUncertain ? "uncertain" : "unavailable", problem };
  // A receiver deduplicates by the id of the message, which does not change.
  if (status >= 500 || retried.has(status)) return { kind: "unavailable", problem };
  const concernsAll = status < 400 || misconfigured.has(status);
  return { kind: concernsAll ? "misconfigured" : "refused", problem };
}

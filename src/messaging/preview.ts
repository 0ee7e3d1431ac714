// What a distribution would do: how many customers it reaches, the message to any of them, and a test of the channel. Nothing is stored.
import { randomUUID } from "node:crypto";
import { quoted } from "../../grammar/format.js";
import type { CustomerDocument } from "../documents/documents.js";
import type { DistributionDocument, MessageEvent } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { customerKey } from "../promotions/counts.js";
import { previewSegment } from "../query/preview.js";
import type { ReadOptions } from "../store/read-options.js";
import type { Channel } from "./channel.js";
import { closeChannels, openChannels } from "./channels.js";
import { isAddress } from "./email-channel.js";
import { MessageError } from "./message-error.js";
import { audienceQuery } from "./plan.js";
import { type Rendered, rendererOf, TemplateError } from "./templates/template.js";
import { sampleCode, valuesOf } from "./templates/template-fields.js";

/** How many customers of the audience would get a message now, and how many would not, by the first reason. */
export interface Reach {
  readonly audience: number;
  readonly reachable: number;
  readonly noConsent: number;
  readonly noAddress: number;
}

/** @throws MessageError `INVALID_INPUT` if the query of the audience is no longer valid. */
export async function reachOf(
  engine: Engine,
  distribution: DistributionDocument,
  options?: ReadOptions,
): Promise<Reach> {
  const { project, consent, channel } = distribution;
  const audience = await audienceQuery(engine, distribution);
  const asOf = engine.clock();
  const count = async (query: string): Promise<number> => {
    const { answer } = await previewSegment(engine, project, { query, asOf });
    if (answer === undefined)
      throw new MessageError("INVALID_INPUT", "by", "The query of the audience is no longer valid.");
    return answer.count(options);
  };
  // A comment in the query ends with its line.
  const permitted = `(${audience}\n) and consents contains ${quoted(consent)}`;
  const [all, withConsent, reachable] = await Promise.all([
    count(audience),
    count(permitted),
    channel.kind === "email" ? count(`${permitted} and email has any value`) : undefined,
  ]);
  return {
    audience: all,
    reachable: reachable ?? withConsent,
    noConsent: all - withConsent,
    noAddress: withConsent - (reachable ?? withConsent),
  };
}

/** The message to a customer as it would be sent now; `subject` only of e-mail. @throws MessageError `INVALID_TEMPLATE`. */
export async function renderedFor(
  engine: Engine,
  distribution: DistributionDocument,
  customer: CustomerDocument,
): Promise<Rendered> {
  return (await draftFor(engine, distribution, customer)).rendered;
}

async function draftFor(engine: Engine, distribution: DistributionDocument, customer: CustomerDocument) {
  const { campaign, project, template, channel, trigger } = distribution;
  const [counter] =
    campaign === undefined
      ? []
      : await engine.store.getMany("redemption_counts", [customerKey(project, campaign, customer._id)]);
  const code = campaign === undefined ? undefined : (counter?.code ?? sampleCode);
  const event: MessageEvent | undefined =
    trigger.kind === "event"
      ? { type: trigger.type, at: new Date(engine.clock()), properties: {} }
      : undefined;
  try {
    const rendered = rendererOf(template, channel.kind)(valuesOf(distribution, customer, { code, event }));
    return { rendered, code };
  } catch (error) {
    if (error instanceof TemplateError)
      throw new MessageError("INVALID_TEMPLATE", "template", error.message, { cause: error });
    throw error;
  }
}

/**
 * Sends the message to a customer as a test, to an address of e-mail or to the webhook: it hands out no code, and does not count.
 * @param to the address; only of e-mail, where it is required.
 * @throws MessageError `INVALID_INPUT`, `INVALID_TEMPLATE`; `DELIVERY_FAILED` with the receiver's answer.
 */
export async function sendTest(
  engine: Engine,
  distribution: DistributionDocument,
  customer: CustomerDocument,
  to: string | undefined,
): Promise<Rendered> {
  const { kind } = distribution.channel;
  if (kind === "webhook" && to !== undefined)
    throw new MessageError("INVALID_INPUT", "to", "A test of a webhook goes to its URL. Leave `to` out.");
  if (kind === "email" && (to === undefined || !isAddress(to.trim())))
    throw new MessageError("INVALID_INPUT", "to", "Say to which e-mail address the test is to be sent.");
  const { rendered, code } = await draftFor(engine, distribution, customer);
  const channels = openChannels(engine);
  try {
    const channel: Channel = channels[kind];
    const messageId = `test-${randomUUID()}`;
    const outcome = await channel.send({
      ...{ distribution, messageId, customer, rendered, code, to, isTest: true },
    });
    if (outcome.kind !== "sent") throw new MessageError("DELIVERY_FAILED", "to", outcome.problem);
    return rendered;
  } finally {
    closeChannels(channels);
  }
}

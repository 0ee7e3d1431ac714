// `segmentql code publish`: gives codes to a customer, or to the customers of a segment.
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { engineSegments } from "../segment/engine-segments.js";
import type { UserError } from "../server/client.js";
import { followJob, jobFields, type ServerJob } from "../server/job.js";
import { serverSegments } from "../server/segments.js";
import { type GlobalOptions, withEither } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { print } from "../terminal/output.js";
import { payloadOf, withApi } from "./api.js";

interface PublishOptions extends GlobalOptions {
  readonly segment?: string;
}

/** Publishes a code to a customer, and prints it; or publishes codes to the customers of a segment. */
export async function publishCodesCommand(
  campaign: string,
  customer: string | undefined,
  options: PublishOptions,
): Promise<void> {
  if ((customer === undefined) === (options.segment === undefined))
    throw new CommandFailure(exitCodes.usage, "Name a customer or a --segment: exactly one of them.");
  if (customer === undefined) return publishToSegmentOf(campaign, options.segment!, options);
  const input = { campaign: { name: campaign }, customer: { sourceId: customer } };
  const { code } = await withApi(options, true, (ask) =>
    payloadOf<{ readonly code: { readonly code: string }; readonly userErrors: readonly UserError[] }>(
      ask,
      "mutation ($input: PromotionCodePublishInput!) { promotionCodePublish(input: $input) { code { code } userErrors { code message } } }",
      { input },
    ),
  );
  print(code.code);
}

async function publishToSegmentOf(campaign: string, segment: string, options: PublishOptions): Promise<void> {
  const stopped = "Stopped. Those who have got a code keep it; run it again for the rest.";
  await stoppable(stopped, (signal) =>
    withEither<void>(options, true, {
      engine: async (engine) => {
        const { planPublication, publishToSegment } = await import("../../promotions/publish.js");
        const segments = engineSegments(engine, options.project);
        await segments.definition();
        const { id } = await segments.named(segment);
        const plan = await planPublication(engine, options.project, { campaign, segment: id });
        const { published, had } = await publishToSegment(engine, options.project, plan, { signal });
        print(`Published ${counted(published, "code")}; ${counted(had, "customer")} had one before.`);
      },
      server: async (client) => {
        const { globalId } = await import("../../graphql/server/global-id.js");
        const { id } = await serverSegments(client).named(segment);
        const { job } = await payloadOf<{
          readonly job: ServerJob;
          readonly userErrors: readonly UserError[];
        }>(
          client.ask,
          `mutation ($input: CodesPublishInput!) { promotionCodesPublish(input: $input) {
            job { ${jobFields} } userErrors { code message } } }`,
          { input: { campaign: { name: campaign }, segmentId: globalId("Segment", id) } },
        );
        await followJob(client.ask, job, jobFields, { work: "the publication", signal });
        print("Published.");
      },
    }),
  );
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

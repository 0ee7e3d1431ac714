// The commands about webhooks.
import type { Command } from "commander";
import { webhookEventTypes } from "../../documents/outgoing-documents.js";
import { allowPrivateWebhooks, json } from "../options.js";

const types = webhookEventTypes.join(", ");

/** Adds `webhook …`. Long because it is one list of commands. */
export function addWebhookCommands(program: Command): void {
  const webhook = program
    .command("webhook")
    .description("post the entries and exits of segments, and other events, to a web address");

  webhook
    .command("add")
    .description("add a webhook, and print the secret that its deliveries are signed with")
    .argument("<url>", "where deliveries are posted to: a public address, by https")
    .option("--segment <name...>", "only of these segments, by name or id; of every one where it is left out")
    .option("--event <type...>", `only these types of events, instead of entries and exits: ${types}`)
    .option("--secret <secret>", "sign with this secret (whsec_…) instead of a new one")
    .addOption(allowPrivateWebhooks())
    .addOption(json("print the webhook"))
    .addHelpText(
      "after",
      '\nExample:\n  segmentql webhook add https://example.com/hooks/segments --segment "Big spenders"',
    )
    .action(async (url, _options, command) => {
      const { addWebhookCommand } = await import("./webhook-command.js");
      await addWebhookCommand(url, command.optsWithGlobals());
    });

  webhook
    .command("list")
    .description("list the webhooks, and how far their deliveries are")
    .addOption(json("print them all"))
    .action(async (_options, command) => {
      const { listWebhooksCommand } = await import("./webhook-command.js");
      await listWebhooksCommand(command.optsWithGlobals());
    });

  webhook
    .command("update")
    .description("change a webhook: what is not named stays")
    .argument("<id>", "the webhook's id")
    .option("--url <url>", "post to another address")
    .option("--segment <name...>", "only of these segments, by name or id")
    .option("--every-segment", "of every segment")
    .option("--event <type...>", `only these types of events: ${types}`)
    .option("--disable", "deliver nothing; what happens meanwhile is delivered when it is enabled again")
    .option("--enable", "go on where it was")
    .option("--secret <secret>", "sign with this secret (whsec_…)")
    .option("--rotate-secret", "sign with a new secret, which is printed this once")
    .addOption(allowPrivateWebhooks())
    .addOption(json("print the webhook"))
    .addHelpText(
      "after",
      `
For a day, deliveries are signed with the secret before as well, so that the receiver has the time to change.

Example:
  segmentql webhook update 6f2… --rotate-secret`,
    )
    .action(async (id, _options, command) => {
      const { updateWebhookCommand } = await import("./webhook-command.js");
      await updateWebhookCommand(id, command.optsWithGlobals());
    });

  webhook
    .command("remove")
    .description("take a webhook away, with what could not be delivered to it")
    .argument("<id>", "the webhook's id")
    .action(async (id, _options, command) => {
      const { removeWebhookCommand } = await import("./webhook-command.js");
      await removeWebhookCommand(id, command.optsWithGlobals());
    });

  webhook
    .command("dead")
    .description("list the deliveries that were given up, the oldest first")
    .argument("[id]", "only of this webhook")
    .addOption(json("print them all"))
    .action(async (id, _options, command) => {
      const { deadLettersCommand } = await import("./webhook-command.js");
      await deadLettersCommand(id, command.optsWithGlobals());
    });

  webhook
    .command("replay")
    .description("send the deliveries that were given up once more, until one fails or 20 seconds are over")
    .argument("<id>", "the webhook's id")
    .option("--dead-letter <id...>", "only these, by the ids that `webhook dead --json` prints")
    .addOption(allowPrivateWebhooks())
    .action(async (id, _options, command) => {
      const { replayCommand } = await import("./webhook-command.js");
      await replayCommand(id, command.optsWithGlobals());
    });
}

// The commands about messages.
import { Argument, type Command, Option } from "commander";
import { allowPrivateWebhooks, json, wholeNumber } from "../options.js";

/** Adds `distribution …` and `message …`. Long because it is one list of commands. */
export function addMessagingCommands(program: Command): void {
  const distribution = program
    .command("distribution")
    .description("write to the customers of an audience, by e-mail or a webhook");

  distribution
    .command("create")
    .description("create a distribution, which sends nothing until it is started")
    .argument("<name>", "its name")
    .requiredOption("--purpose <text>", "why the customers are written to")
    .requiredOption("--consent <name>", "the consent that a customer has to have granted")
    .option("--subject <template>", "the subject of e-mail, a Liquid template")
    .option("--body <template>", "what it says, a Liquid template: HTML of e-mail, text of a webhook")
    .option("--body-file <file>", "the same, in a file")
    .option("--email", "send by the mail server of the service")
    .option("--webhook <url>", "post to this address, signed")
    .option("--secret <secret>", "sign with this secret, instead of a new one")
    .addOption(allowPrivateWebhooks())
    .option("--in-all <name...>", "to members of each of these segments")
    .option("--in-any <name...>", "to members of at least one of these segments")
    .option("--not-in <name...>", "to no members of these segments")
    .option("--query <query>", "to customers who match this query")
    .option("--at <moment>", "at this moment, as 2026-12-01T08:00:00Z; once it is started if omitted")
    .option("--on-entering <segment>", "to each customer who enters this segment, each time")
    .option("--on-leaving <segment>", "to each customer who leaves this segment, each time")
    .option("--on-event <type>", "to each customer of whom an event of this type is recorded")
    .option("--campaign <name>", "hand out a code of this campaign to each")
    .addOption(new Option("--rate <n>", "the most messages a minute").argParser(wholeNumber(1, 12_000)))
    .addOption(json("print the distribution"))
    .addHelpText(
      "after",
      '\nExample:\n  segmentql distribution create Hello --purpose "Spring news" --consent newsletter --email --subject "Hello {{ customer.name }}" --body-file hello.html --in-any Regulars',
    )
    .action(async (name, _options, command) => {
      const { createDistributionCommand } = await import("./distribution-command.js");
      await createDistributionCommand(name, command.optsWithGlobals());
    });

  distribution
    .command("list")
    .description("list the distributions and how far they are")
    .addOption(json("print them all"))
    .action(async (_options, command) => {
      const { listDistributionsCommand } = await import("./distribution-command.js");
      await listDistributionsCommand(command.optsWithGlobals());
    });

  distribution
    .command("preview")
    .description("show how many customers a distribution reaches now, or the message to one")
    .argument("<name>", "its name")
    .option("--customer <id>", "the source id of a customer whose message is shown")
    .addOption(json("print the answer"))
    .action(async (name, _options, command) => {
      const { previewDistributionCommand } = await import("./distribution-command.js");
      await previewDistributionCommand(name, command.optsWithGlobals());
    });

  distribution
    .command("test")
    .description("send the message to a customer as a test")
    .argument("<name>", "its name")
    .argument("<customer>", "the customer's source id")
    .option("--to <address>", "the e-mail address that it is sent to")
    .addOption(allowPrivateWebhooks())
    .addOption(json("print the message"))
    .action(async (name, customer, _options, command) => {
      const { testDistributionCommand } = await import("./distribution-command.js");
      await testDistributionCommand(name, customer, command.optsWithGlobals());
    });

  for (const [move, description] of [
    ["start", "start a distribution: serve or maintain sends it"],
    ["pause", "pause a distribution"],
    ["resume", "continue a distribution that is paused"],
    ["cancel", "cancel a distribution: nothing more is sent"],
  ] as const)
    distribution
      .command(move)
      .description(description)
      .argument("<name>", "its name")
      .addOption(json("print the distribution"))
      .action(async (name, _options, command) => {
        const { moveDistributionCommand } = await import("./distribution-command.js");
        await moveDistributionCommand(name, move, command.optsWithGlobals());
      });

  distribution
    .command("delete")
    .description("delete a distribution that is not started or has ended, with its messages")
    .argument("<name>", "its name")
    .action(async (name, _options, command) => {
      const { deleteDistributionCommand } = await import("./distribution-command.js");
      await deleteDistributionCommand(name, command.optsWithGlobals());
    });

  addMessageCommands(program);
}

function addMessageCommands(program: Command): void {
  const message = program
    .command("message")
    .description("list the messages of distributions, and resolve some");

  message
    .command("list")
    .description("list the messages of a distribution, a line each")
    .argument("<distribution>", "its name")
    .addOption(
      new Option("--status <status>", "only messages of this status").choices([
        "planned",
        "sending",
        "sent",
        "failed",
        "in-doubt",
        "skipped",
      ]),
    )
    .addOption(json("print each as JSON"))
    .action(async (name, _options, command) => {
      const { listMessagesCommand } = await import("./distribution-command.js");
      await listMessagesCommand(name, command.optsWithGlobals());
    });

  message
    .command("resolve")
    .description("decide what becomes of a message in doubt")
    .argument("<id>", "its id, as `message list` prints it")
    .addArgument(
      new Argument("<resolution>", "whether it counts as sent, or is sent again").choices([
        "sent",
        "send-again",
      ]),
    )
    .action(async (id, resolution, _options, command) => {
      const { resolveMessageCommand } = await import("./distribution-command.js");
      await resolveMessageCommand(id, resolution, command.optsWithGlobals());
    });
}

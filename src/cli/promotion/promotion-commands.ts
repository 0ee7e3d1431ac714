// The commands about promotions.
import { type Command, Option } from "commander";
import { json, wholeNumber } from "../options.js";

const limit = (what: string) => new Option("--limit <n>", what).argParser(wholeNumber(1, 1_000_000_000));
const counted = (flags: string, what: string) =>
  new Option(flags, what).argParser(wholeNumber(1, 1_000_000_000));
const points = () =>
  new Option("--points <n>", "how many points, for a campaign of points").argParser(
    wholeNumber(1, 1_000_000_000),
  );
const ofPoints = () => [
  new Option("--point-value <amount>", "take this off an order for each point, as 0.01"),
  new Option("--points-days <n>", "let points be redeemed on so many days, the first included").argParser(
    wholeNumber(1, 3_650),
  ),
];
const order = () => new Option("--order <amount>", "the amount of the order, as 50.00");

/** Adds `rule …`, `campaign …`, `code …`, `gift-card …`, `points …` and `redemption …`. */
export function addPromotionCommands(program: Command): void {
  addRuleCommands(program);
  addCampaignCommands(program);
  addCodeCommands(program);
  addBalanceCommands(program);
  addRedemptionCommands(program);
}

/** Long because it is one list of commands. */
function addRuleCommands(program: Command): void {
  const rule = program.command("rule").description("say who may redeem promotions, when, and how often");

  rule
    .command("create")
    .description("create a validation rule: everything that is given has to hold")
    .argument("<name>", "its name")
    .option("--in-all <name...>", "only members of each of these segments")
    .option("--in-any <name...>", "only members of at least one of these segments")
    .option("--not-in <name...>", "no members of these segments")
    .option("--query <query>", "only customers who match this query")
    .addOption(counted("--total <n>", "the most redemptions of a campaign"))
    .addOption(counted("--per-customer <n>", "the most redemptions of a campaign by one customer"))
    .addOption(counted("--per-day <n>", "the most redemptions of a campaign on one day"))
    .option(
      "--from <moment>",
      "from this moment, as 2026-12-01T08:00:00Z, or without an offset in the project's zone",
    )
    .option("--until <moment>", "until before this moment, written likewise")
    .option("--minimum-order <amount>", "the least amount of the order, as 50.00")
    .option("--replace", "replace the rule of that name")
    .addOption(json("print the rule"))
    .addHelpText(
      "after",
      '\nExample:\n  segmentql rule create "VIPs once" --in-any VIP --per-customer 1 --minimum-order 50.00',
    )
    .action(async (name, _options, command) => {
      const { createRuleCommand } = await import("./rule-command.js");
      await createRuleCommand(name, command.optsWithGlobals());
    });

  rule
    .command("list")
    .description("list the validation rules")
    .addOption(json("print them all"))
    .action(async (_options, command) => {
      const { listRulesCommand } = await import("./rule-command.js");
      await listRulesCommand(command.optsWithGlobals());
    });

  rule
    .command("delete")
    .description("delete a validation rule that no campaign is subject to")
    .argument("<name>", "its name")
    .action(async (name, _options, command) => {
      const { deleteRuleCommand } = await import("./rule-command.js");
      await deleteRuleCommand(name, command.optsWithGlobals());
    });
}

/** Long because it is one list of commands. */
function addCampaignCommands(program: Command): void {
  const campaign = program
    .command("campaign")
    .description("manage campaigns: discounts, gift cards, points, referrals");

  campaign
    .command("create")
    .description("create a campaign")
    .argument("<name>", "its name")
    .addOption(
      new Option("--kind <kind>", "what it gives; a discount if omitted").choices([
        "discount",
        "gift-card",
        "loyalty",
        "referral",
      ]),
    )
    .option("--percent <number>", "take this part off the order, as 12.5")
    .option("--maximum <amount>", "at most this amount, as 20.00")
    .option("--amount <amount>", "take this amount off the order, as 5.00")
    .addOption(ofPoints()[0]!)
    .addOption(ofPoints()[1]!)
    .option("--rule <name...>", "validation rules that all have to allow a redemption")
    .option("--no-code", "redeem it without a code")
    .option("--no-active", "allow no redemption yet")
    .addOption(json("print the campaign"))
    .addHelpText("after", '\nExample:\n  segmentql campaign create Winter --percent 10 --rule "VIPs once"')
    .action(async (name, _options, command) => {
      const { createCampaignCommand } = await import("./campaign-command.js");
      await createCampaignCommand(name, command.optsWithGlobals());
    });

  campaign
    .command("update")
    .description("change a campaign: what is not named stays")
    .argument("<name>", "its name")
    .option("--percent <number>", "take this part off the order, as 12.5")
    .option("--maximum <amount>", "at most this amount, as 20.00")
    .option("--amount <amount>", "take this amount off the order, as 5.00")
    .addOption(ofPoints()[0]!)
    .addOption(ofPoints()[1]!)
    .option("--no-point-value", "let points be redeemed for something else than money")
    .option("--no-points-days", "let points that are earned from now on last for ever")
    .option("--rule <name...>", "these validation rules instead of all others")
    .option("--deactivate", "allow no redemptions")
    .option("--activate", "allow redemptions again")
    .addOption(json("print the campaign"))
    .action(async (name, _options, command) => {
      const { updateCampaignCommand } = await import("./campaign-command.js");
      await updateCampaignCommand(name, command.optsWithGlobals());
    });

  campaign
    .command("list")
    .description("list the campaigns")
    .addOption(json("print them all"))
    .action(async (_options, command) => {
      const { listCampaignsCommand } = await import("./campaign-command.js");
      await listCampaignsCommand(command.optsWithGlobals());
    });

  campaign
    .command("delete")
    .description("delete a campaign that has no codes and was never redeemed")
    .argument("<name>", "its name")
    .action(async (name, _options, command) => {
      const { deleteCampaignCommand } = await import("./campaign-command.js");
      await deleteCampaignCommand(name, command.optsWithGlobals());
    });
}

/** Long because it is one list of commands. */
function addCodeCommands(program: Command): void {
  const code = program.command("code").description("manage the codes of campaigns");

  code
    .command("add")
    .description("add a chosen code to a campaign, for all customers")
    .argument("<campaign>", "the campaign's name")
    .argument("<code>", "the code")
    .addOption(limit("how often it may be redeemed; without it, there is no limit"))
    .action(async (campaign, written, _options, command) => {
      const { addCodeCommand } = await import("./campaign-command.js");
      await addCodeCommand(campaign, written, command.optsWithGlobals());
    });

  code
    .command("generate")
    .description("generate codes that can't be guessed, and print them")
    .argument("<campaign>", "the campaign's name")
    .argument("<count>", "how many", wholeNumber(1, 1_000_000))
    .option("--pattern <pattern>", "what they look like: each # becomes a random letter or digit")
    .addOption(limit("how often each may be redeemed; without it, once"))
    .option("--unlimited", "redeem each as often as the rules allow")
    .addHelpText(
      "after",
      "\nExample:\n  segmentql code generate Winter 500 --pattern WINTER-######## > codes.txt",
    )
    .action(async (campaign, count, _options, command) => {
      const { generateCodesCommand } = await import("./campaign-command.js");
      await generateCodesCommand(campaign, count, command.optsWithGlobals());
    });

  code
    .command("list")
    .description("list the codes of a campaign: code, redemptions and limit, customer")
    .argument("<campaign>", "the campaign's name")
    .addOption(json("print a line of JSON for each"))
    .action(async (campaign, _options, command) => {
      const { listCodesCommand } = await import("./campaign-command.js");
      await listCodesCommand(campaign, command.optsWithGlobals());
    });

  code
    .command("publish")
    .description(
      "give a customer a generated code of a campaign, always the same one, and print it; or each customer of a segment",
    )
    .argument("<campaign>", "the campaign's name")
    .argument("[customer]", "the customer's source id")
    .option("--segment <name>", "give one to each customer of this segment who has none")
    .action(async (campaign, customer, _options, command) => {
      const { publishCodesCommand } = await import("./publish-command.js");
      await publishCodesCommand(campaign, customer, command.optsWithGlobals());
    });

  for (const [name, active] of [
    ["activate", true],
    ["deactivate", false],
  ] as const)
    code
      .command(name)
      .description(active ? "let a code be redeemed again" : "let a code not be redeemed any more")
      .argument("<code>", "the code")
      .action(async (written, _options, command) => {
        const { setCodeCommand } = await import("./campaign-command.js");
        await setCodeCommand(written, active, command.optsWithGlobals());
      });
}

function addBalanceCommands(program: Command): void {
  program
    .command("gift-card")
    .description("manage gift cards")
    .command("issue")
    .description("issue a gift card to a customer, and print its code")
    .argument("<campaign>", "the campaign's name")
    .argument("<customer>", "the customer's source id")
    .argument("<amount>", "what it holds, as 50.00")
    .option("--code <code>", "its code, instead of a random one")
    .option("--idempotency-key <key>", "issue once, however often this is repeated with the key")
    .action(async (campaign, customer, amount, _options, command) => {
      const { issueGiftCardCommand } = await import("./balance-command.js");
      await issueGiftCardCommand(campaign, customer, amount, command.optsWithGlobals());
    });

  const account = program.command("points").description("manage the points of customers");

  account
    .command("add")
    .description("add points to a customer's account")
    .argument("<campaign>", "the campaign's name")
    .argument("<customer>", "the customer's source id")
    .argument("<points>", "how many", wholeNumber(1, 1_000_000_000))
    .option("--idempotency-key <key>", "add once, however often this is repeated with the key")
    .addOption(json("print the account"))
    .action(async (campaign, customer, count, _options, command) => {
      const { addPointsCommand } = await import("./balance-command.js");
      await addPointsCommand(campaign, customer, count, command.optsWithGlobals());
    });

  account
    .command("show")
    .description("show the points of a customer")
    .argument("<campaign>", "the campaign's name")
    .argument("<customer>", "the customer's source id")
    .addOption(json("print the account"))
    .action(async (campaign, customer, _options, command) => {
      const { showPointsCommand } = await import("./balance-command.js");
      await showPointsCommand(campaign, customer, command.optsWithGlobals());
    });
}

/** Long because it is one list of commands. */
function addRedemptionCommands(program: Command): void {
  const redemption = program.command("redemption").description("validate and redeem promotions");

  redemption
    .command("validate")
    .description("say whether a customer may redeem a code or a campaign, and if not, why")
    .argument("<customer>", "the customer's source id")
    .option("--code <code>", "a code")
    .option("--campaign <name>", "a campaign that takes no code")
    .addOption(order())
    .addOption(points())
    .addOption(json("print the answer"))
    .action(async (customer, _options, command) => {
      const { validateCommand } = await import("./redemption-command.js");
      await validateCommand(customer, command.optsWithGlobals());
    });

  redemption
    .command("offers")
    .description("list the campaigns that a customer qualifies for, and what is missing for others")
    .argument("<customer>", "the customer's source id")
    .addOption(order())
    .addOption(json("print the answer"))
    .action(async (customer, _options, command) => {
      const { offersCommand } = await import("./redemption-command.js");
      await offersCommand(customer, command.optsWithGlobals());
    });

  redemption
    .command("redeem")
    .description("redeem a code or a campaign for a customer")
    .argument("<customer>", "the customer's source id")
    .option("--code <code>", "a code")
    .option("--campaign <name>", "a campaign that takes no code")
    .addOption(order())
    .addOption(points())
    .option("--order-id <id>", "the order's id in the source system")
    .option("--idempotency-key <key>", "redeem once, however often this is repeated with the key")
    .addOption(json("print the redemption"))
    .action(async (customer, _options, command) => {
      const { redeemCommand } = await import("./redemption-command.js");
      await redeemCommand(customer, command.optsWithGlobals());
    });

  redemption
    .command("rollback")
    .description("take a redemption back")
    .argument("<id>", "its id, as `redemption redeem` prints it")
    .addOption(json("print the redemption"))
    .action(async (id, _options, command) => {
      const { rollbackCommand } = await import("./redemption-command.js");
      await rollbackCommand(id, command.optsWithGlobals());
    });
}

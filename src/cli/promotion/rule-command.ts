// `segmentql rule`: validation rules, which say who may redeem, when, and how often.
import { parseInstant } from "../instant.js";
import type { UserError } from "../server/client.js";
import { ServerRefusal } from "../server/client.js";
import type { GlobalOptions } from "../session.js";
import { print } from "../terminal/output.js";
import { type Column, tableLines } from "../terminal/table.js";
import { type Ask, payloadOf, wholeList, withApi } from "./api.js";

export interface RuleOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly inAll?: readonly string[];
  readonly inAny?: readonly string[];
  readonly notIn?: readonly string[];
  readonly query?: string;
  readonly total?: number;
  readonly perCustomer?: number;
  readonly perDay?: number;
  readonly from?: string;
  readonly until?: string;
  readonly minimumOrder?: string;
  /** True to replace the rule of that name. */
  readonly replace?: boolean;
}

interface Rule {
  readonly name: string;
  readonly audience: string | null;
  readonly limits: Readonly<Record<"total" | "perCustomer" | "perDay", number | null>>;
  readonly from: string | null;
  readonly until: string | null;
  readonly minimumOrder: { readonly formatted: string } | null;
}

const ruleFields = "name audience limits { total perCustomer perDay } from until minimumOrder { formatted }";

/** Creates or replaces a rule. */
export async function createRuleCommand(name: string, options: RuleOptions): Promise<void> {
  const { query, total, perCustomer, perDay, minimumOrder, replace } = options;
  const field = replace ? "validationRuleReplace" : "validationRuleCreate";
  const rule = await withApi(options, true, async (ask) => {
    const audience = {
      allOf: await segmentIds(ask, options.inAll),
      anyOf: await segmentIds(ask, options.inAny),
      noneOf: await segmentIds(ask, options.notIn),
      query,
    };
    const input = {
      name,
      audience,
      limits: { total, perCustomer, perDay },
      ...(await momentsOf(ask, options)),
      ...(minimumOrder === undefined ? {} : { minimumOrder: { amount: minimumOrder } }),
    };
    const mutation = `mutation ($input: ValidationRuleInput!) { ${field}(input: $input) {
      rule { ${ruleFields} } userErrors { code message } } }`;
    const payload = await payloadOf<{ readonly rule: Rule; readonly userErrors: readonly UserError[] }>(
      ask,
      mutation,
      { input },
    );
    return payload.rule;
  });
  if (options.json) print(JSON.stringify(rule, null, 2));
  else print(`${replace ? "Replaced" : "Created"} the rule "${rule.name}": ${audienceLine(rule)}`);
}

/** `--from` and `--until` as instants; without an offset, they are in the project's zone. @throws CommandFailure. */
async function momentsOf(
  ask: Ask,
  { from, until }: RuleOptions,
): Promise<{ readonly from?: Date | undefined; readonly until?: Date | undefined }> {
  if (from === undefined && until === undefined) return {};
  const { project } = await ask<{ readonly project: { readonly timezone: string } }>(
    "{ project { timezone } }",
  );
  const read = (option: string, written: string | undefined) =>
    written === undefined ? undefined : new Date(parseInstant(option, written, project.timezone));
  return { from: read("--from", from), until: read("--until", until) };
}

/** The global ids of segments, by name. @throws ServerRefusal `UNKNOWN_SEGMENT`. */
export async function segmentIds(ask: Ask, names: readonly string[] = []): Promise<readonly string[]> {
  return Promise.all(
    names.map(async (name) => {
      const { segment } = await ask<{ readonly segment: { readonly id: string } | null }>(
        "query ($name: String!) { segment(by: { name: $name }) { id } }",
        { name },
      );
      if (segment === null)
        throw new ServerRefusal(
          "UNKNOWN_SEGMENT",
          `There is no segment "${name}". List them with segmentql segment list.`,
        );
      return segment.id;
    }),
  );
}

/** The audience of a rule on one line. */
function audienceLine({ audience }: Pick<Rule, "audience">): string {
  return (audience ?? "everyone").replaceAll("\n)", ")").replaceAll(/\s+/g, " ");
}

const columns: readonly Column[] = [
  { title: "rule", align: "left", widest: 40 },
  { title: "total", align: "right", widest: 13 },
  { title: "customer", align: "right", widest: 13 },
  { title: "day", align: "right", widest: 13 },
  { title: "order", align: "right", widest: 16 },
  { title: "audience", align: "left", widest: 100 },
];

/** Lists the rules. */
export async function listRulesCommand(options: RuleOptions): Promise<void> {
  const nodes = await withApi(options, false, (ask) => wholeList<Rule>(ask, "validationRules", ruleFields));
  if (options.json) {
    print(JSON.stringify(nodes, null, 2));
    return;
  }
  const shown = (limit: number | null) => limit?.toLocaleString("en") ?? "";
  const rows = nodes.map(({ name, limits, minimumOrder, audience }) => [
    name,
    shown(limits.total),
    shown(limits.perCustomer),
    shown(limits.perDay),
    minimumOrder?.formatted ?? "",
    audienceLine({ audience }),
  ]);
  for (const line of tableLines(columns, rows)) print(line);
}

/** Deletes a rule. */
export async function deleteRuleCommand(name: string, options: GlobalOptions): Promise<void> {
  await withApi(options, true, (ask) =>
    payloadOf(
      ask,
      `mutation ($name: String!) { validationRuleDelete(input: { name: $name }) { userErrors { code message } } }`,
      { name },
    ),
  );
  print("Deleted.");
}

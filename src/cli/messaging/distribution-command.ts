// `segmentql distribution`: messages to the customers of an audience.
import { readFile } from "node:fs/promises";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { parseInstant } from "../instant.js";
import { type Ask, type Page, payloadOf, wholeList, withApi } from "../promotion/api.js";
import { segmentIds } from "../promotion/rule-command.js";
import type { UserError } from "../server/client.js";
import type { GlobalOptions } from "../session.js";
import { print } from "../terminal/output.js";
import { type Column, tableLines } from "../terminal/table.js";

export interface DistributionOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly purpose?: string;
  readonly subject?: string;
  readonly body?: string;
  readonly bodyFile?: string;
  readonly inAll?: readonly string[];
  readonly inAny?: readonly string[];
  readonly notIn?: readonly string[];
  readonly query?: string;
  readonly at?: string;
  readonly onEntering?: string;
  readonly onLeaving?: string;
  readonly onEvent?: string;
  readonly email?: boolean;
  readonly webhook?: string;
  readonly secret?: string;
  readonly consent?: string;
  readonly campaign?: string;
  readonly rate?: number;
  readonly customer?: string;
  readonly to?: string;
  readonly status?: string;
}

interface Progress {
  readonly total: number;
  readonly planned: number;
  readonly sending: number;
  readonly sent: number;
  readonly failed: number;
  readonly inDoubt: number;
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
}

interface Distribution {
  readonly name: string;
  readonly state: string;
  readonly problem: string | null;
  readonly channel: string;
  readonly trigger: string;
  readonly secret: string | null;
  readonly progress: Progress;
}

const fields =
  "name state problem channel trigger progress { total planned sending sent failed inDoubt skipped { reason count } }";

async function changed(
  ask: Ask,
  field: string,
  type: string,
  input: object,
  selection = fields,
): Promise<Distribution> {
  const { distribution } = await payloadOf<{
    readonly distribution: Distribution;
    readonly userErrors: readonly UserError[];
  }>(
    ask,
    `mutation ($input: ${type}!) { ${field}(input: $input) {
      distribution { ${selection} } userErrors { code message } } }`,
    { input },
  );
  return distribution;
}

/** Creates a distribution. */
export async function createDistributionCommand(name: string, options: DistributionOptions): Promise<void> {
  const { webhook, email, purpose, consent, campaign } = options;
  if ((webhook === undefined) === (email !== true))
    throw new CommandFailure(exitCodes.usage, "Send by --email, or to a --webhook: exactly one of them.");
  const made = await withApi(options, true, async (ask) =>
    changed(
      ask,
      "distributionCreate",
      "DistributionCreateInput",
      {
        ...{ name, purpose, consent },
        template: await templateOf(options),
        audience: {
          allOf: await segmentIds(ask, options.inAll),
          anyOf: await segmentIds(ask, options.inAny),
          noneOf: await segmentIds(ask, options.notIn),
          query: options.query,
        },
        trigger: await triggerOf(ask, options),
        channel: email === true ? "EMAIL" : "WEBHOOK",
        ...{ url: webhook, secret: options.secret, ratePerMinute: options.rate },
        campaign: campaign === undefined ? undefined : { name: campaign },
      },
      `${fields} secret`,
    ),
  );
  if (options.json) print(JSON.stringify(made, null, 2));
  else {
    print(`Created the distribution "${made.name}". Nothing is sent until it is started.`);
    if (made.secret !== null) print(`Its messages are signed with ${made.secret}`);
  }
}

/** @throws CommandFailure if the body is not given once, or its file can't be read. */
async function templateOf({ subject, body, bodyFile }: DistributionOptions): Promise<object> {
  if ((body === undefined) === (bodyFile === undefined))
    throw new CommandFailure(exitCodes.usage, "Give the --body or a --body-file: exactly one of them.");
  return { subject, body: body ?? (await fileText(bodyFile!)) };
}

async function fileText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(exitCodes.failure, `${path} can't be read: ${code ?? "unknown reason"}.`, {
      cause: error,
    });
  }
}

/** @throws CommandFailure if there are several triggers. */
async function triggerOf(
  ask: Ask,
  { at, onEntering, onLeaving, onEvent }: DistributionOptions,
): Promise<object | undefined> {
  const given = [at, onEntering, onLeaving, onEvent].filter((each) => each !== undefined);
  if (given.length > 1)
    throw new CommandFailure(
      exitCodes.usage,
      "A distribution has one trigger: give one of --at, --on-entering, --on-leaving and --on-event.",
    );
  if (at !== undefined) {
    const { project } = await ask<{ readonly project: { readonly timezone: string } }>(
      "{ project { timezone } }",
    );
    return { at: new Date(parseInstant("--at", at, project.timezone)) };
  }
  if (onEntering !== undefined) return { entered: (await segmentIds(ask, [onEntering]))[0] };
  if (onLeaving !== undefined) return { left: (await segmentIds(ask, [onLeaving]))[0] };
  return onEvent === undefined ? undefined : { event: onEvent };
}

/** Changes the state of a distribution. */
export async function moveDistributionCommand(
  name: string,
  move: "start" | "pause" | "resume" | "cancel",
  options: DistributionOptions,
): Promise<void> {
  const field = `distribution${move[0]!.toUpperCase()}${move.slice(1)}`;
  const moved = await withApi(options, true, (ask) => changed(ask, field, "DistributionByInput", { name }));
  if (options.json) print(JSON.stringify(moved, null, 2));
  else print(`"${moved.name}" is ${stateWords(moved)}.`);
}

function stateWords({ state }: Distribution): string {
  return state.toLowerCase();
}

/** Deletes a distribution. */
export async function deleteDistributionCommand(name: string, options: DistributionOptions): Promise<void> {
  await withApi(options, true, (ask) =>
    payloadOf(
      ask,
      "mutation ($name: String!) { distributionDelete(input: { name: $name }) { userErrors { code message } } }",
      { name },
    ),
  );
  print("Deleted.");
}

const columns: readonly Column[] = [
  { title: "distribution", align: "left", widest: 40 },
  { title: "state", align: "left", widest: 9 },
  { title: "planned", align: "right", widest: 13 },
  { title: "sent", align: "right", widest: 13 },
  { title: "failed", align: "right", widest: 13 },
  { title: "in doubt", align: "right", widest: 13 },
  { title: "skipped", align: "left", widest: 80 },
];

/** Lists the distributions with their progress. */
export async function listDistributionsCommand(options: DistributionOptions): Promise<void> {
  const nodes = await withApi(options, false, (ask) => wholeList<Distribution>(ask, "distributions", fields));
  if (options.json) {
    print(JSON.stringify(nodes, null, 2));
    return;
  }
  const rows = nodes.map((each) => {
    const { planned, sending, sent, failed, inDoubt, skipped } = each.progress;
    const reasons = skipped.map(
      ({ reason, count }) => `${count.toLocaleString("en")} ${reasonWords(reason)}`,
    );
    const numbers = [planned + sending, sent, failed, inDoubt].map((count) => count.toLocaleString("en"));
    return [each.name, stateWords(each), ...numbers, reasons.join(", ")];
  });
  for (const line of tableLines(columns, rows)) print(line);
  for (const { name, problem } of nodes) if (problem !== null) print(`"${name}" was put aside: ${problem}`);
}

function reasonWords(reason: string): string {
  return reason.toLowerCase().replaceAll("_", " ");
}

interface Rendered {
  readonly subject: string | null;
  readonly body: string;
}

/** Shows whom a distribution reaches now, or the message to a customer. */
export async function previewDistributionCommand(name: string, options: DistributionOptions): Promise<void> {
  const { customer } = options;
  const selection =
    customer === undefined
      ? "reach { audience reachable noConsent noAddress }"
      : "preview(customer: { sourceId: $customer }) { subject body }";
  const { distribution } = await withApi(options, false, (ask) =>
    ask<{
      readonly distribution: {
        readonly reach?: Readonly<Record<"audience" | "reachable" | "noConsent" | "noAddress", number>>;
        readonly preview?: Rendered | null;
      } | null;
    }>(
      `query ($name: String!${customer === undefined ? "" : ", $customer: String!"}) {
        distribution(by: { name: $name }) { ${selection} } }`,
      { name, customer },
    ),
  );
  if (distribution === null) throw noSuch(name);
  const { reach, preview } = distribution;
  if (options.json) print(JSON.stringify(reach ?? preview, null, 2));
  else if (reach !== undefined)
    print(
      `${reach.reachable.toLocaleString("en")} of ${reach.audience.toLocaleString("en")} customers would get it; ` +
        `${reach.noConsent.toLocaleString("en")} without the consent, ${reach.noAddress.toLocaleString("en")} without an address.`,
    );
  else if (preview === null || preview === undefined)
    throw new CommandFailure(exitCodes.failure, `There is no customer "${customer}".`);
  else showRendered(preview);
}

function showRendered({ subject, body }: Rendered): void {
  if (subject !== null) print(`Subject: ${subject}`);
  print(body.trimEnd());
}

function noSuch(name: string): CommandFailure {
  return new CommandFailure(
    exitCodes.failure,
    `There is no distribution "${name}". List them with segmentql distribution list.`,
  );
}

/** Sends the message to a customer as a test. */
export async function testDistributionCommand(
  name: string,
  customer: string,
  options: DistributionOptions,
): Promise<void> {
  const input = { by: { name }, customer: { sourceId: customer }, to: options.to };
  const { rendered } = await withApi(options, false, (ask) =>
    payloadOf<{ readonly rendered: Rendered; readonly userErrors: readonly UserError[] }>(
      ask,
      `mutation ($input: DistributionTestInput!) { distributionTest(input: $input) {
        rendered { subject body } userErrors { code message } } }`,
      { input },
    ),
  );
  if (options.json) print(JSON.stringify(rendered, null, 2));
  else print("Sent.");
}

interface Message {
  readonly id: string;
  readonly status: string;
  readonly skipReason: string | null;
  readonly problem: string | null;
  readonly customer: { readonly sourceId: string } | null;
  readonly code: string | null;
}

const pageSize = 1_000;

/** Lists the messages of a distribution, a line each: the customer, the status, the code, what went wrong, and the id. */
export async function listMessagesCommand(name: string, options: DistributionOptions): Promise<void> {
  await withApi(options, false, async (ask) => {
    for (let after: string | null | undefined; after !== null; ) {
      const page: Page<Message> = await messagesAfter(ask, name, options.status, after);
      for (const message of page.nodes) print(options.json ? JSON.stringify(message) : messageLine(message));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }
  });
}

async function messagesAfter(
  ask: Ask,
  name: string,
  status: string | undefined,
  after: string | undefined,
): Promise<Page<Message>> {
  const { distribution } = await ask<{ readonly distribution: { readonly messages: Page<Message> } | null }>(
    `query ($name: String!, $status: MessageStatus, $after: String) { distribution(by: { name: $name }) {
      messages(first: ${pageSize}, after: $after, status: $status) {
        nodes { id status skipReason problem code customer { sourceId } } pageInfo { hasNextPage endCursor } } } }`,
    { name, status: status?.toUpperCase().replaceAll("-", "_"), after },
  );
  if (distribution === null) throw noSuch(name);
  return distribution.messages;
}

function messageLine({ id, status, skipReason, problem, customer, code }: Message): string {
  const shown = skipReason === null ? reasonWords(status) : `skipped: ${reasonWords(skipReason)}`;
  return [customer?.sourceId ?? "(erased)", shown, code ?? "", problem ?? "", id].join("\t");
}

/** Resolves a message in doubt. */
export async function resolveMessageCommand(
  id: string,
  resolution: "sent" | "send-again",
  options: DistributionOptions,
): Promise<void> {
  await withApi(options, true, (ask) =>
    payloadOf(
      ask,
      `mutation ($input: MessageResolveInput!) { messageResolve(input: $input) { userErrors { code message } } }`,
      { input: { id, resolution: resolution.toUpperCase().replace("-", "_") } },
    ),
  );
  print(resolution === "sent" ? "It counts as sent." : "It is sent again.");
}

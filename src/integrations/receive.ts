// Receives a delivery: verified, read, applied once, and counted.
import { claim } from "../access/idempotency.js";
import type { SourceDocument } from "../documents/source-documents.js";
import type { Engine } from "../engine.js";
import { RecordError } from "../facts/record-error.js";
import { NoCustomerError } from "../import/csv/given-rows.js";
import { secretsOf } from "../outbox/replaced-secrets.js";
import { findProject } from "../projects/projects.js";
import { type Applied, applyChange } from "./apply.js";
import {
  type DeliveredChange,
  type Delivery,
  DeliveryError,
  type ReadDelivery,
  type RecordClient,
  UnreachableError,
} from "./delivery.js";
import { newSecret } from "./secrets.js";
import { vendors } from "./vendors/vendors.js";

/** The most problems that are kept of a source, and the most characters of one. */
const [maxProblems, maxProblemLength] = [20, 500];
const maxTopicLength = 80;

/**
 * `unauthorized`: there is no such source, or the delivery does not prove that its sender knows the secret. `disabled`: try again
 * later. `malformed`: the delivery can't be read; `rejected`: a record in it can't be stored as it is; `unreachable`: the record
 * that it names could not be fetched, try again later.
 */
export type Received =
  | { readonly status: Applied | "unauthorized" | "disabled" }
  | { readonly status: "malformed" | "rejected" | "unreachable"; readonly message: string };

export interface ReceiveOptions {
  /** Ends the wait for an earlier attempt of the same delivery. */
  readonly signal: AbortSignal;
  readonly client: RecordClient;
  /** Called once the sender is known to be genuine; an error that it throws refuses the delivery. */
  readonly admit?: (source: SourceDocument) => Promise<void>;
}

/** Used for sources that do not exist, so that they take as long to refuse as others. */
const noSecrets: readonly string[] = [newSecret()];

/** Finds the source that a delivery is for, if the delivery proves that its sender knows the secret. */
export async function verifiedSource(
  { store, clock }: Engine,
  sourceId: string,
  delivery: Delivery,
): Promise<SourceDocument | undefined> {
  const [found] = await store.getMany("sources", [sourceId]);
  const secrets = found === undefined ? noSecrets : secretsOf(found, clock());
  const isGenuine = vendors[found?.kind ?? "SHOPIFY"].verify(delivery, secrets);
  return isGenuine ? found : undefined;
}

/** Receives a delivery. @throws what `admit` throws; errors of the store. */
export async function receive(
  engine: Engine,
  sourceId: string,
  delivery: Delivery,
  { signal, client, admit }: ReceiveOptions,
): Promise<Received> {
  const source = await verifiedSource(engine, sourceId, delivery);
  if (source === undefined) return { status: "unauthorized" };
  await admit?.(source);
  if (!source.enabled) return { status: "disabled" };
  let identified: Omit<ReadDelivery, "changes">;
  try {
    identified = vendors[source.kind].identify(delivery);
  } catch (error) {
    return rejected(engine, source, "", error);
  }
  const { id, topic } = identified;
  const claimed = await claim(
    engine,
    { project: source.project, caller: { kind: "source", id: source._id }, key: id, request: "" },
    signal,
  );
  if (claimed.kind !== "execute") return counted(engine, source, "ignored");
  let outcome: { readonly status: Applied; readonly reason?: string };
  try {
    outcome = await applied(engine, source, delivery, client);
    await claimed.answered(outcome.status);
  } catch (error) {
    await claimed.abandoned();
    return rejected(engine, source, topic, error);
  }
  const { status, reason } = outcome;
  return counted(engine, source, status, reason === undefined ? undefined : { topic, message: reason });
}

interface Problem {
  readonly topic: string;
  readonly message: string;
}

/** Applies what a delivery says. `reason` says why it is ignored, if that is worth knowing. */
async function applied(
  engine: Engine,
  source: SourceDocument,
  delivery: Delivery,
  client: RecordClient,
): Promise<{ readonly status: Applied; readonly reason?: string }> {
  const vendor = vendors[source.kind];
  const definition = await findProject(engine, source.project);
  let changes: readonly DeliveredChange[];
  try {
    changes = await vendor.read(delivery, { source, definition, now: engine.clock(), client });
  } catch (error) {
    // The same delivery again would not name a customer either, so it is not refused.
    if (error instanceof NoCustomerError) return { status: "ignored", reason: error.message };
    throw error;
  }
  let status: Applied = "ignored";
  for (const change of changes)
    if ((await applyChange({ engine, source, vendor }, change)) === "accepted") status = "accepted";
  const isUnknown = status === "ignored" && changes.some(({ kind }) => kind === "erasure");
  return isUnknown ? { status, reason: "no customer is known by this id" } : { status };
}

/** Counts a delivery that cannot be accepted. @throws an error that is not about the delivery. */
async function rejected(
  engine: Engine,
  source: SourceDocument,
  topic: string,
  error: unknown,
): Promise<Received> {
  const status = refusalOf(error);
  if (status === undefined) throw error;
  const { message } = error as Error;
  await countQuietly(engine, source, "rejected", { topic, message });
  return { status, message };
}

function refusalOf(error: unknown): "malformed" | "rejected" | "unreachable" | undefined {
  if (error instanceof DeliveryError) return "malformed";
  if (error instanceof RecordError) return "rejected";
  return error instanceof UnreachableError ? "unreachable" : undefined;
}

async function counted(
  engine: Engine,
  source: SourceDocument,
  status: Applied,
  problem?: Problem,
): Promise<Received> {
  await countQuietly(engine, source, status, problem);
  return { status };
}

/** Counts a delivery; one that cannot be counted is answered as any other, since what it says is applied already. */
async function countQuietly(...parameters: Parameters<typeof count>): Promise<void> {
  try {
    await count(...parameters);
  } catch {
    // The figures are for people; an error that the sender sees would make it repeat what is applied.
  }
}

async function count(
  { store, clock }: Engine,
  { _id }: SourceDocument,
  status: Applied | "rejected",
  problem?: Problem,
): Promise<void> {
  await store.write(async (transaction) => {
    const [source] = await transaction.getMany("sources", [_id]);
    // It was deleted meanwhile.
    if (source === undefined) return;
    const at = new Date(clock());
    const { received } = source;
    const problems =
      problem === undefined
        ? received.problems
        : [
            {
              at,
              topic: problem.topic.slice(0, maxTopicLength),
              message: withoutValues(problem.message).slice(0, maxProblemLength),
            },
            ...received.problems,
          ].slice(0, maxProblems);
    const counts = { ...received, last_at: at, [status]: received[status] + 1, problems };
    await transaction.put("sources", [{ ...source, received: counts }]);
  });
}

/** A message without what it quotes, from the first quotation mark to the last: values of the record, which may be personal. */
function withoutValues(message: string): string {
  return message.replace(/".*"/s, '"…"');
}

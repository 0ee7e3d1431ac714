// What remains of an erased customer in messages: that there was one, and its status.
import type { CustomerDocument } from "../documents/documents.js";
import type { MessageDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { inBatches } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import { erasedMessageKey } from "./messages.js";

/** How many messages one transaction changes. */
const batchSize = 500;

/** Removes a customer (by `_id`) from messages. Those that are planned are not sent. */
export async function forgetInMessages(engine: Engine, project: string, customer: string): Promise<void> {
  const { store } = engine;
  await inBatches(
    () => store.reads.messaging.ofCustomer(project, customer, batchSize),
    (messages) =>
      store.write(async (transaction) => {
        const ids = messages.map(({ _id }) => _id);
        const found = await transaction.getMany("messages", ids);
        await transaction.remove("messages", ids);
        await transaction.put(
          "messages",
          found.flatMap((message) => (message === undefined ? [] : [withoutCustomer(message)])),
        );
      }),
  );
}

/** The customers of messages who exist, by `_id`. */
export async function customersOf(
  reading: Pick<Transaction, "getMany">,
  messages: readonly MessageDocument[],
): Promise<ReadonlyMap<string, CustomerDocument>> {
  const ids = [...new Set(messages.flatMap(({ customer }) => customer ?? []))];
  const found = await reading.getMany("customers", ids);
  return new Map(found.flatMap((customer) => (customer === undefined ? [] : [[customer._id, customer]])));
}

/**
 * Writes messages; those whose customer was erased without what names the customer.
 * @param customers those who exist.
 * @returns the messages as they were written.
 */
export async function putMessages(
  transaction: Transaction,
  messages: readonly MessageDocument[],
  customers: ReadonlyMap<string, CustomerDocument>,
): Promise<readonly MessageDocument[]> {
  const isErased = ({ customer }: MessageDocument) => customer !== undefined && !customers.has(customer);
  await transaction.remove(
    "messages",
    messages.filter(isErased).map(({ _id }) => _id),
  );
  const stored = messages.map((message) => (isErased(message) ? withoutCustomer(message) : message));
  await transaction.put("messages", stored);
  return stored;
}

/** A message without anything that names its customer. A planned one is not sent. */
function withoutCustomer(message: MessageDocument): MessageDocument {
  const { customer: _, event: __, code: ___, problem: ____, ...rest } = message;
  return {
    ...rest,
    _id: erasedMessageKey(message),
    status: message.status === "planned" ? "erased" : message.status,
  };
}

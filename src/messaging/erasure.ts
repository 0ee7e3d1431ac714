// What remains of an erased customer in messages: that there was one, and its status.
import type { MessageDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { inBatches } from "../store/batches.js";
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

/** A message without anything that names its customer. A planned one is not sent. */
export function withoutCustomer(message: MessageDocument): MessageDocument {
  const { customer: _, event: __, code: ___, problem: ____, ...rest } = message;
  return {
    ...rest,
    _id: erasedMessageKey(message),
    status: message.status === "planned" ? "erased" : message.status,
  };
}

// Which customer a request means.
import type { CustomerKey } from "../../query/customer.js";
import { userError } from "../server/errors.js";

/** The customer of one of two ids. @throws a user error where both are given, or none. */
export function customerKey(id: string | null | undefined, sourceId: string | null | undefined): CustomerKey {
  if (typeof id === "string" && typeof sourceId !== "string") return { id };
  if (typeof sourceId === "string" && typeof id !== "string") return { sourceId };
  throw userError("Ask for a customer by `id` or by `sourceId`: one of the two.");
}

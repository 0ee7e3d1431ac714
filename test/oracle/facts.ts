// What a customer's attributes are at an instant, read from the records each time.
import { dayNumber } from "./calendar.js";
import type { Customer, Order, OrderItem, World } from "./folder.js";
import { type Fraction, fractionOf, ratio, sumOf } from "./number.js";
import { trimmed } from "./text.js";
import type { Subject } from "./tree.js";

/** The world and the instant that a condition is evaluated at. `asOf` is in milliseconds since the epoch. */
export interface Sight {
  readonly world: World;
  readonly customer: Customer;
  readonly asOf: number;
  readonly zone: string;
  /** The one event whose properties are read. */
  readonly happening?: Happening;
}

/** An event, or an order as one. */
export interface Happening {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** An event's properties, an order's metadata. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly order?: Order;
}

/** The attribute as the record has it: undefined if it is missing, null, or blank text. */
export function stored(subject: Subject, sight: Sight): unknown {
  const value =
    subject.event === undefined ? lookUp(subject, sight.customer) : lookUpProperty(subject, sight.happening);
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string" && trimmed(value) === "") return undefined;
  return value;
}

function lookUp(subject: Subject, customer: Customer): unknown {
  switch (subject.attribute) {
    case "metadata": {
      const metadata = customer.metadata ?? {};
      const key = subject.key ?? "";
      return Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    }
    case "source_id":
      return customer.source_id;
    case "name":
      return customer.name;
    case "email":
      return customer.email;
    case "phone":
      return customer.phone;
    case "created_at":
      return customer.created_at;
    case "birthdate":
      return customer.birthdate;
    case "source":
      return customer.source;
    case "consents":
      return customer.consents;
    case "city":
      return customer.address?.city;
    case "state":
      return customer.address?.state;
    case "postal_code":
      return customer.address?.postal_code;
    case "country":
      return customer.address?.country;
    case "source.mailchimp.list":
      return customer.source_metadata?.mailchimp?.list;
    case "source.intercom.type":
      return customer.source_metadata?.intercom?.type;
    case "source.web_widget.id":
      return customer.source_metadata?.web_widget?.id;
    default:
      throw new RangeError(`The oracle finds no ${subject.attribute} in a profile`);
  }
}

function lookUpProperty({ attribute, key = "" }: Subject, happening: Happening | undefined): unknown {
  if (happening === undefined) throw new RangeError("The oracle looks at no event");
  const { values, order } = happening;
  switch (attribute) {
    case "amount":
      return order?.amount;
    case "status":
      return order?.status;
    default:
      return Object.hasOwn(values, key) ? values[key] : undefined;
  }
}

/** Events of a type, or orders, that are seen at as-of. The same one twice is one. */
export function seenHappenings(event: string, sight: Sight): Happening[] {
  if (event === "order") {
    return seenOrders(sight).map((order) => ({
      at: Date.parse(order.created_at),
      values: order.metadata ?? {},
      order,
    }));
  }
  const { events } = sight.world;
  return events
    .filter((row, index) => row.id === undefined || events.findIndex(({ id }) => id === row.id) === index)
    .filter((row) => row.customer === sight.customer.source_id && row.type === event)
    .map((row) => ({ at: Date.parse(row.at), values: row.properties ?? {} }))
    .filter(({ at }) => at <= sight.asOf);
}

/** The lines of the current order or, if there is none, of all visible ones. */
export function linesOf(subject: Subject, sight: Sight): readonly OrderItem[] {
  if (subject.event !== undefined) return sight.happening?.order?.items ?? [];
  return seenOrders(sight).flatMap((order) => order.items);
}

/** Orders seen at as-of, the last one last. The same one twice is one. */
function seenOrders(sight: Sight): Order[] {
  const { orders } = sight.world;
  return orders
    .filter((order, index) => orders.findIndex((one) => one.source_id === order.source_id) === index)
    .filter((order) => order.customer === sight.customer.source_id)
    .filter((order) => order.status !== "CANCELED" && Date.parse(order.created_at) <= sight.asOf)
    .sort(
      (left, right) =>
        Date.parse(left.created_at) - Date.parse(right.created_at) ||
        (left.source_id < right.source_id ? -1 : 1),
    );
}

/** A number, or money in minor units. */
export function numberOf(subject: Subject, sight: Sight): Fraction | undefined {
  if (subject.event !== undefined) {
    if (subject.attribute === "quantity") {
      return sumOf(linesOf(subject, sight).map(({ quantity }) => fractionOf(quantity)));
    }
    const value = stored(subject, sight);
    return typeof value === "number" ? fractionOf(value) : undefined;
  }
  const orders = seenOrders(sight);
  const total = orders.reduce((sum, order) => sum + order.amount, 0);
  const own = sight.customer.source_id;
  const narrowed = (row: { readonly campaign: string }): boolean =>
    subject.campaign === undefined || row.campaign === subject.campaign;
  const cards = sight.world.gift_cards.filter((card) => card.customer === own && narrowed(card));
  const loyalty = sight.world.loyalty.filter((row) => row.customer === own && narrowed(row));
  switch (subject.attribute) {
    case "orders.total_amount":
      return fractionOf(total);
    case "orders.count":
      return fractionOf(orders.length);
    case "orders.average_amount":
      return orders.length === 0 ? undefined : ratio(total, orders.length);
    case "orders.last_amount": {
      const last = orders[orders.length - 1];
      return last === undefined ? undefined : fractionOf(last.amount);
    }
    case "redemptions.count":
      return fractionOf(
        sight.world.redemptions.filter(
          (row) => row.customer === own && row.result === "SUCCESS" && Date.parse(row.at) <= sight.asOf,
        ).length,
      );
    case "referrals.count":
      return fractionOf(
        sight.world.referrals.filter(
          (row) => row.referrer === own && narrowed(row) && Date.parse(row.at) <= sight.asOf,
        ).length,
      );
    case "gift_cards.spent":
      return fractionOf(cards.reduce((sum, card) => sum + card.spent, 0));
    case "gift_cards.balance":
      return fractionOf(cards.reduce((sum, card) => sum + card.amount - card.spent, 0));
    case "loyalty.points":
      return fractionOf(loyalty.reduce((sum, row) => sum + row.points, 0));
    case "loyalty.balance":
      return fractionOf(
        loyalty.reduce((sum, row) => sum + row.points - (row.spent ?? 0) - (row.expired ?? 0), 0),
      );
    default: {
      const value = stored(subject, sight);
      return typeof value === "number" ? fractionOf(value) : undefined;
    }
  }
}

/** Milliseconds since the epoch. */
export function instantOf(subject: Subject, sight: Sight): number | undefined {
  if (subject.attribute === "orders.last_at" || subject.attribute === "orders.first_at") {
    const orders = seenOrders(sight);
    const order = subject.attribute === "orders.last_at" ? orders[orders.length - 1] : orders[0];
    return order === undefined ? undefined : Date.parse(order.created_at);
  }
  const value = stored(subject, sight);
  return typeof value === "string" ? Date.parse(value) : undefined;
}

/** The number of a day written as `2026-02-01`. */
export function dayOf(written: string): number {
  const [year = 0, month = 0, day = 0] = written.split("-").map(Number);
  return dayNumber(year, month, day);
}

/** What a set holds; a blank or null element is an unknown one, which is none. */
export function elements(subject: Subject, sight: Sight): unknown[] {
  const value = stored(subject, sight);
  if (!Array.isArray(value)) return [];
  return value.filter(
    (element) => element !== null && !(typeof element === "string" && trimmed(element) === ""),
  );
}

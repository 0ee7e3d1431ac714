// Orders and events as GraphQL answers them.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import type { EventDocument, OrderDocument, OrderItem } from "../../documents/documents.js";
import { MoneyType } from "../server/money-type.js";

@ObjectType("OrderItem", { description: "A line of an order." })
export class OrderItemType {
  readonly #item: OrderItem;
  readonly #currency: string;

  constructor(item: OrderItem, currency: string) {
    this.#item = item;
    this.#currency = currency;
  }

  @Field(() => String, { nullable: true, description: "The product's id where it comes from." })
  get productId() {
    return this.#item.product_id;
  }

  @Field(() => String, { nullable: true, description: "The stock keeping unit." })
  get sku() {
    return this.#item.sku;
  }

  @Field(() => String, { nullable: true, description: "What it is called." })
  get name() {
    return this.#item.name;
  }

  @Field(() => Number, { description: "How many units." })
  get quantity() {
    return this.#item.quantity;
  }

  @Field(() => MoneyType, { nullable: true, description: "What one unit costs." })
  get price() {
    const { price } = this.#item;
    return price === undefined ? undefined : new MoneyType(price, this.#currency);
  }
}

@ObjectType("Order", { description: "An order, as it is stored." })
export class OrderType {
  readonly #document: OrderDocument;
  readonly #currency: string;

  /** `currency` is the project's. */
  constructor(document: OrderDocument, currency: string) {
    this.#document = document;
    this.#currency = currency;
  }

  @Field(() => ID, { description: "This service's id of the order, unique across projects." })
  get id() {
    return this.#document._id;
  }

  @Field(() => String, { description: "The order's id where it comes from, unique in the project." })
  get sourceId() {
    return this.#document.source_id;
  }

  @Field(() => ID, { description: "The `id` of the customer who placed it." })
  get customerId() {
    return this.#document.customer;
  }

  @Field(() => GraphQLDateTime, { description: "When it was placed." })
  get createdAt() {
    return this.#document.at;
  }

  @Field(() => String, { description: "Its status; one that is `CANCELED` counts nowhere." })
  get status() {
    return this.#document.status;
  }

  @Field(() => MoneyType, { description: "What it comes to." })
  get amount() {
    return new MoneyType(this.#document.amount, this.#currency);
  }

  @Field(() => [OrderItemType], { description: "Its lines, as they were given." })
  get items() {
    return this.#document.items.map((item) => new OrderItemType(item, this.#currency));
  }

  @Field(() => GraphQLJSON, { description: "Its metadata, as they were given." })
  get metadata() {
    return this.#document.metadata ?? {};
  }
}

@ObjectType("Event", { description: "Something that a customer did, as it is stored." })
export class EventType {
  readonly #document: EventDocument;

  constructor(document: EventDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "This service's id of the event, unique across projects." })
  get id() {
    return this.#document._id;
  }

  @Field(() => String, { nullable: true, description: "The id that it was given, where it was given one." })
  get sourceId() {
    return this.#document.event_id;
  }

  @Field(() => ID, { description: "The `id` of the customer who did it." })
  get customerId() {
    return this.#document.customer;
  }

  @Field(() => String, { description: "What was done, as `page viewed`." })
  get type() {
    return this.#document.type;
  }

  @Field(() => GraphQLDateTime, { description: "When it was done." })
  get at() {
    return this.#document.at;
  }

  @Field(() => GraphQLJSON, { description: "Its properties, as they were given." })
  get properties() {
    return this.#document.properties;
  }
}

// Small random worlds in the shape of the interchange folder, full of edge values on purpose: see the lists in pools.ts.
import fc from "fast-check";
import { dayAt, dayStart, move, startOf } from "./calendar.js";
import { computedAttributes } from "./computed.js";
import type { Customer, Project, PropertyType, ShopEvent, Text, World } from "./folder.js";
import * as pools from "./pools.js";

export interface WorldOptions {
  /** The metadata keys and types that a schema may take. Default: all of `pools.metadataKeys`. */
  readonly metadataKeys?: readonly (readonly [string, PropertyType])[];
  /** Default: all of `pools.moments`, each a zone and an as-of instant in it. */
  readonly moments?: readonly (readonly [string, string])[];
  /** Default: all of `pools.sourceIds`. */
  readonly sourceIds?: readonly string[];
}

/** Random worlds of 0 to 12 customers. */
export function worldArbitrary(options: WorldOptions = {}): fc.Arbitrary<World> {
  return projectArbitrary(options)
    .chain(
      (project) =>
        customersArbitrary(project, options.sourceIds ?? pools.sourceIds).chain((customers) =>
          recordsArbitrary(project, customers),
        ),
      // Through JSON once, as a real folder goes: plain objects, with an own property even for a key `__proto__`.
    )
    .map((world) => JSON.parse(JSON.stringify(world)) as World);
}

/** Another instant to evaluate at: the world's own, or one of the edges around it. In milliseconds since the epoch. */
export function asOfArbitrary(world: World): fc.Arbitrary<number> {
  return fc.constantFrom(Date.parse(world.project.asOf), ...instantsAround(world.project));
}

const around = new WeakMap<Project, readonly number[]>();

/** Instants exactly on, just before and just after every edge that a query of this world may name. */
export function instantsAround(project: Project): readonly number[] {
  let instants = around.get(project);
  if (instants === undefined) {
    instants = findInstants(project);
    around.set(project, instants);
  }
  return instants;
}

function findInstants({ asOf: written, timezone }: Project): number[] {
  const asOf = Date.parse(written);
  const edges = [asOf];
  for (const [amount, unit] of pools.spans) {
    edges.push(move(asOf, -amount, unit, timezone), move(asOf, amount, unit, timezone));
  }
  for (const change of pools.changes[timezone] ?? []) edges.push(Date.parse(change));
  // Where days end and where as-of's week, month, quarter and year begin.
  const ends = edges.slice(0, 8).map((edge) => dayStart(dayAt(edge, timezone) + 1, timezone));
  const units = ["week", "month", "quarter", "year"] as const;
  ends.push(dayStart(dayAt(asOf, timezone), timezone), ...units.map((unit) => startOf(asOf, unit, timezone)));
  // On each edge, a millisecond to either side, and some ordinary instants.
  return [
    ...edges.flatMap((edge) => [edge, edge - 1, edge + 1, edge - 47_111_000, edge + 3_600_000]),
    ...ends.flatMap((end) => [end, end, end - 1]),
  ];
}

function projectArbitrary(options: WorldOptions): fc.Arbitrary<Project> {
  const keys = [...(options.metadataKeys ?? pools.metadataKeys)];
  const moments = [...(options.moments ?? pools.moments)];
  return fc
    .record({
      moment: fc.constantFrom(...moments),
      currency: fc.constantFrom("USD", "EUR", "PLN", "JPY", "KWD", "CAD"),
      schema: fc.subarray(keys),
      orderSchema: fc.subarray([...keys, ...pools.orderKeys], { maxLength: 4 }),
      eventSchemas: eventSchemasArbitrary(),
      consents: fc.constantFrom(["newsletter", "sms", "profiling"], ["Newsletter", "partner offers"]),
      campaigns: fc.constantFrom(...pools.campaigns),
      computed: fc.subarray([...computedAttributes]),
    })
    .map(
      ({
        moment: [timezone, asOf],
        currency,
        schema,
        orderSchema,
        eventSchemas,
        consents,
        campaigns,
        computed,
      }) => ({
        timezone,
        currency,
        asOf,
        // fromEntries makes an own property even of `__proto__`, as JSON.parse does.
        metadataSchema: Object.fromEntries(schema),
        orderMetadataSchema: Object.fromEntries(orderSchema),
        eventSchemas,
        consents,
        campaigns: { gift_cards: campaigns, loyalty: campaigns, referrals: campaigns, discounts: campaigns },
        computed: Object.fromEntries(
          computed
            .filter(({ name }) => name !== "worth" || computed[0]?.name === "lifetime value")
            .map(({ name, expression }) => [name, expression]),
        ),
      }),
    );
}

/** One to three events, each with some properties or none. */
function eventSchemasArbitrary(): fc.Arbitrary<Record<string, Record<string, PropertyType>>> {
  const schema = fc.oneof(
    { weight: 3, arbitrary: fc.subarray([...pools.eventProperties], { minLength: 1, maxLength: 8 }) },
    { weight: 1, arbitrary: fc.subarray([...pools.eventProperties]) },
  );
  const names = fc.oneof(
    { weight: 5, arbitrary: fc.subarray(pools.eventNames, { minLength: 1, maxLength: 3 }) },
    // Two that only the exact spelling distinguishes.
    { weight: 1, arbitrary: fc.constant(["login", "Login"]) },
  );
  return names
    .chain((chosen) => fc.tuple(...chosen.map((name) => fc.tuple(fc.constant(name), schema))))
    .map((pairs) => Object.fromEntries(pairs.map(([name, keys]) => [name, Object.fromEntries(keys)])));
}

/** Nothing, blank text or one of the values. */
function textOf(values: readonly string[]): fc.Arbitrary<Text> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: fc.constantFrom<Text>(null, "", "  ", "\u00a0\u0085\u3000") },
  );
}

function instantText(project: Project): fc.Arbitrary<string> {
  return fc.constantFrom(...instantsAround(project)).map((instant) => new Date(instant).toISOString());
}

function dayText(project: Project): fc.Arbitrary<string> {
  const near = instantsAround(project).map((instant) => new Date(instant).toISOString().slice(0, 10));
  return fc.oneof(fc.constantFrom(...near), fc.constantFrom(...pools.days));
}

function metadataValue(
  type: PropertyType,
  project: Project,
  numbers: readonly number[] = pools.numbers,
): fc.Arbitrary<unknown> {
  switch (type) {
    case "string":
      return textOf(pools.texts);
    case "number":
      return fc.option(fc.constantFrom(...numbers), { freq: 9 });
    case "boolean":
      return fc.option(fc.boolean(), { freq: 9 });
    case "date":
      return fc.option(dayText(project), { freq: 9 });
    case "datetime":
      return fc.option(instantText(project), { freq: 9 });
    case "string[]":
      return listOf(fc.constantFrom(...pools.tags));
    case "number[]":
      return listOf(fc.constantFrom(...pools.numbers));
    case "boolean[]":
      return listOf(fc.boolean());
    case "date[]":
      return listOf(dayText(project));
    case "datetime[]":
      return listOf(instantText(project));
  }
}

function listOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.option(fc.array(value, { maxLength: 4 }), { freq: 9 });
}

function metadataOf(
  schema: Readonly<Record<string, PropertyType>>,
  project: Project,
  numbers?: readonly number[],
): fc.Arbitrary<Record<string, unknown>> {
  // As pairs and not by fc.record, which has no key `__proto__`.
  const pairs = Object.entries(schema).map(([key, type]) =>
    fc.option(
      metadataValue(type, project, numbers).map((value) => [key, value] as const),
      { nil: undefined, freq: 4 },
    ),
  );
  return fc.tuple(...pairs).map((found) => Object.fromEntries(found.filter((pair) => pair !== undefined)));
}

function customersArbitrary(project: Project, sourceIds: readonly string[]): fc.Arbitrary<Customer[]> {
  const country = textOf(pools.countrySpellings);
  const profile = fc.record(
    {
      name: textOf(pools.texts),
      email: textOf(pools.emails),
      phone: textOf(["+48 600 000 000", "+48600000004", " 100", "1.50"]),
      created_at: fc.oneof(
        { weight: 9, arbitrary: instantText(project) },
        { weight: 1, arbitrary: fc.constantFrom<Text>(null, "") },
      ),
      birthdate: fc.oneof(
        { weight: 9, arbitrary: dayText(project) },
        { weight: 1, arbitrary: fc.constantFrom<Text>(null, "") },
      ),
      address: fc.option(
        fc.record(
          {
            city: textOf(pools.texts),
            state: textOf(pools.texts),
            postal_code: textOf(pools.postcodes),
            country,
          },
          { requiredKeys: [] },
        ),
        { freq: 9 },
      ),
      source: fc.option(fc.constantFrom(...pools.sources), { freq: 9 }),
      source_metadata: fc.option(
        fc.record(
          {
            mailchimp: fc.option(fc.record({ list: textOf(pools.tags) }, { requiredKeys: [] })),
            intercom: fc.option(
              fc.record({ type: fc.constantFrom<Text>("lead", "user", null) }, { requiredKeys: [] }),
            ),
            web_widget: fc.option(fc.record({ id: textOf(["widget-1", "Widget-2"]) }, { requiredKeys: [] })),
          },
          { requiredKeys: [] },
        ),
      ),
      consents: fc.option(fc.subarray([...project.consents]), { freq: 9 }),
      metadata: fc.option(metadataOf(project.metadataSchema, project), { freq: 19 }),
    },
    { requiredKeys: [] },
  );
  return fc
    .uniqueArray(fc.constantFrom(...sourceIds), { maxLength: 12, size: "max" })
    .chain((ids) =>
      fc.tuple(...ids.map((id) => profile.map((rest) => ({ source_id: id, ...rest }) as Customer))),
    );
}

function recordsArbitrary(project: Project, customers: readonly Customer[]): fc.Arbitrary<World> {
  const nothing = { orders: [], redemptions: [], gift_cards: [], loyalty: [], referrals: [], events: [] };
  if (customers.length === 0) return fc.constant({ project, customers, ...nothing });
  const customer = fc.constantFrom(...customers.map((one) => one.source_id));
  const at = instantText(project);
  const amount = fc.oneof(fc.constantFrom(...pools.amounts), fc.integer({ min: 0, max: 100_000 }));
  const small = fc.integer({ min: 0, max: 1000 });
  const ordinal = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 25, size: "max" });
  const order = fc.record({
    customer,
    created_at: at,
    status: fc.constantFrom("PAID", "CREATED", "FULFILLED", "CANCELED"),
    amount,
    items: fc.array(
      fc
        .tuple(
          fc.constantFrom(...pools.products),
          fc.constantFrom(1, 2, 3, 0.1, 0.2, 2.5),
          fc.constantFrom(1250, 0, 333, 100_050),
        )
        .map(([product, quantity, price]) => ({ ...product, quantity, price })),
      { maxLength: 3 },
    ),
    metadata: metadataOf(project.orderMetadataSchema, project, pools.measurements),
  });
  return fc.record({
    project: fc.constant(project),
    customers: fc.constant(customers),
    orders: withRepeats(
      ordinal.chain((numbers) =>
        fc.tuple(
          ...numbers.map((number) => order.map((rest) => ({ source_id: `order-${number}`, ...rest }))),
        ),
      ),
    ),
    redemptions: withDoubles(
      fc.record({
        customer,
        at,
        campaign: fc.constantFrom(...project.campaigns.discounts),
        result: fc.constantFrom("SUCCESS", "FAILURE"),
      }),
    ),
    gift_cards: withDoubles(
      fc.record({
        customer,
        campaign: fc.constantFrom(...project.campaigns.gift_cards),
        amount,
        spent: small,
      }),
    ),
    loyalty: withDoubles(
      fc.record(
        {
          customer,
          campaign: fc.constantFrom(...project.campaigns.loyalty),
          points: small,
          spent: small,
          expired: small,
        },
        { requiredKeys: ["customer", "campaign", "points"] },
      ),
    ),
    referrals: withDoubles(
      fc.record({
        referrer: customer,
        referee: fc.constantFrom("friend-1", "friend-2", "friend-3"),
        campaign: fc.constantFrom(...project.campaigns.referrals),
        at,
      }),
    ),
    events: eventsArbitrary(project, customers),
  });
}

/**
 * Events with and without an id, of the project's types and at times of one that it doesn't know. Most are of a few customers
 * and seen, so that there is something to add up.
 */
function eventsArbitrary(project: Project, customers: readonly Customer[]): fc.Arbitrary<ShopEvent[]> {
  const ids = customers.map((customer) => customer.source_id);
  const customer = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...ids.slice(0, 3)) },
    { weight: 1, arbitrary: fc.constantFrom(...ids) },
  );
  const asOf = Date.parse(project.asOf);
  const seen = instantsAround(project).filter((instant) => instant <= asOf);
  const at = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...seen).map((instant) => new Date(instant).toISOString()) },
    { weight: 1, arbitrary: instantText(project) },
  );
  const ofType = Object.entries(project.eventSchemas).map(([type, schema]) =>
    fc.record({
      customer,
      type: fc.constant(type),
      at,
      properties: fc.option(metadataOf(schema, project, pools.measurements), { freq: 19 }),
    }),
  );
  const foreign = fc.record({
    customer,
    type: fc.constant("not defined"),
    at,
    properties: fc.constant({ value: 1 }),
  });
  const event = fc.oneof(...ofType, ...ofType, foreign);
  const named = fc
    .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 60, size: "max" })
    .chain((numbers) =>
      fc.tuple(
        ...numbers.map((number) => event.map((rest): ShopEvent => ({ id: `event-${number}`, ...rest }))),
      ),
    );
  return fc.tuple(withRepeats(named), withDoubles(event)).map(([one, other]) => [...one, ...other]);
}

/** Records that have ids, some of them passed twice: the same one twice is one. */
function withRepeats<Row>(rows: fc.Arbitrary<Row[]>): fc.Arbitrary<Row[]> {
  return fc.tuple(rows, fc.nat({ max: 3 })).map(([given, again]) => [...given, ...given.slice(0, again)]);
}

/** Some records, the first of them twice at times: a record without an id is known by its content, and equal ones count. */
function withDoubles<Row>(row: fc.Arbitrary<Row>): fc.Arbitrary<Row[]> {
  return fc
    .tuple(fc.array(row, { maxLength: 10 }), fc.boolean())
    .map(([rows, double]) => (double && rows[0] !== undefined ? [...rows, rows[0]] : rows));
}

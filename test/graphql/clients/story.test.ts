// The whole story of a segment, told by a real Apollo Client and a real graphql-ws client, on every store; and the same typed
// operations by graphql-request.
import { setTimeout as delay } from "node:timers/promises";
import { GraphQLClient } from "graphql-request";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../../src/access/keys.js";
import { systemClock } from "../../../src/clock.js";
import type { Engine } from "../../../src/engine.js";
import { type RunningServer, startServer } from "../../../src/http/server.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import type { Store } from "../../../src/store/port.js";
import { everyStore } from "../../store/every-store.js";
import {
  allMembers,
  CreateSegment,
  Define,
  Delete,
  Edit,
  Impact,
  Members,
  newClient,
  rename,
  Track,
  Upsert,
  watch,
} from "./apollo.js";
import { audience, type Found } from "./tada.js";

describe.each(everyStore)("on $name", (tested) => {
  const place = tested.place();
  let store: Store;
  let engine: Engine;
  let server: RunningServer;
  let key: string;
  let apollo: ReturnType<typeof newClient>;
  /** Ends the maintainer that runs along with the server. */
  let retire: () => Promise<void>;

  beforeAll(async () => {
    store = await tested.open(place);
    engine = { store, clock: systemClock };
    ({ key } = await createKey(engine, "default", { name: "Story", scope: "admin" }));
    server = await startServer({
      engine,
      host: "127.0.0.1",
      port: 0,
      report: (error) => console.error(error),
    });
    const maintainer = maintainProject(engine, "default");
    let retired = false;
    const work = (async () => {
      while (!retired) {
        await maintainer.round();
        await delay(10);
      }
      await maintainer.release();
    })();
    retire = async () => {
      retired = true;
      await work;
    };
    apollo = newClient(server.url, key);
  });
  afterAll(async () => {
    await apollo?.stop();
    await retire?.();
    await server?.close();
    await store?.close();
    await tested.destroy(place);
  });

  it("define, upsert, track, create, subscribe, see an entry, page, walk to orders, edit with impact, delete", async () => {
    const { client } = apollo;
    const defined = await client.mutate({ mutation: Define });
    expect(defined.data).toMatchObject({
      metadataDefine: { userErrors: [] },
      eventDefine: { userErrors: [] },
    });

    const customer = (sourceId: string, city: string) => ({
      sourceId,
      address: { city },
      metadata: { plan: "gold" },
    });
    const upserted = await client.mutate({
      mutation: Upsert,
      variables: {
        customers: [
          customer("a", "Paris"),
          customer("b", "Paris"),
          customer("c", "Paris"),
          customer("d", "Rome"),
        ],
        orders: ["o-1", "o-2"].map((sourceId) => ({
          sourceId,
          customer: { sourceId: "a" },
          createdAt: "2026-01-01T00:00:00Z",
          amount: { amount: "10.00" },
        })),
      },
    });
    expect(upserted.data).toMatchObject({
      customersUpsert: { userErrors: [] },
      ordersUpsert: { userErrors: [] },
    });
    const tracked = await client.mutate({
      mutation: Track,
      variables: {
        customerSourceId: "d",
        events: [{ type: "page viewed", at: "2026-01-02T00:00:00Z", properties: { url: "/" } }],
      },
    });
    expect(tracked.data?.eventsTrack).toEqual({
      __typename: "EventsTrackPayload",
      accepted: 1,
      userErrors: [],
    });

    const created = await client.mutate({
      mutation: CreateSegment,
      variables: { name: "Parisians", query: "city is Paris and plan is gold" },
    });
    expect(created.data?.segmentCreateAutoUpdate.userErrors).toEqual([]);
    const { id } = created.data!.segmentCreateAutoUpdate.segment!;

    const seen: string[] = [];
    const watching = watch(apollo, [id], (kind, sourceId) => seen.push(`${sourceId} ${kind}`));
    try {
      // A subscription reports what happens after its start, which the client can't observe: d moves until an event arrives.
      await expect
        .poll(
          async () => {
            const city = seen.length === 0 ? ["Rome", "Paris"] : ["Paris"];
            for (const each of city)
              await client.mutate({
                mutation: Upsert,
                variables: { customers: [customer("d", each)], orders: [] },
              });
            return seen.includes("d ENTERED");
          },
          { timeout: 60_000, interval: 300 },
        )
        .toBe(true);
    } finally {
      watching.unsubscribe();
    }

    const members = await allMembers(apollo, id, 2);
    expect(members.map(({ sourceId }) => sourceId)).toEqual(["a", "b", "c", "d"]);
    expect(members[0]!.orders.nodes.map(({ amount }) => amount)).toMatchObject([
      { amount: "10.00" },
      { amount: "10.00" },
    ]);

    const query = "city is Paris and plan is gold and orders.count is at least 1";
    const { data: impact } = await client.query({ query: Impact, variables: { id, query } });
    expect(impact?.segmentImpact).toMatchObject({ valid: true, before: { count: 4 }, after: { count: 1 } });
    expect(impact?.segmentImpact.leaving?.customers.nodes.map(({ sourceId }) => sourceId)).toEqual([
      "b",
      "c",
      "d",
    ]);
    const edited = await client.mutate({ mutation: Edit, variables: { id, query } });
    expect(edited.data?.segmentUpdate.userErrors).toEqual([]);
    await expect
      .poll(
        async () => {
          const variables = { id, first: 10 };
          const { data } = await client.query({ query: Members, variables, fetchPolicy: "network-only" });
          return data?.segment?.members.totalCount;
        },
        { timeout: 60_000, interval: 100 },
      )
      .toBe(1);

    // The new name is in the cache before the server has answered.
    const names: (string | undefined)[] = [];
    const observed = client
      .watchQuery({ query: Members, variables: { id, first: 10 } })
      .subscribe(({ data }) => names.push(data?.segment?.name ?? undefined));
    const renaming = rename(apollo, id, "Buyers in Paris");
    await expect.poll(() => names.at(-1)).toBe("Buyers in Paris");
    expect(await renaming).toEqual([]);
    observed.unsubscribe();

    const deleted = await client.mutate({ mutation: Delete, variables: { id } });
    expect(deleted.data?.segmentDelete).toMatchObject({ deletedId: id, userErrors: [] });
  });

  it("the same typed operations with graphql-request", async () => {
    const client = new GraphQLClient(`${server.url}/graphql`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const { segmentCreateAutoUpdate: created } = await client.request(CreateSegment, {
      name: "Viennese",
      query: "city is Vienna",
    });
    const { segment } = await client.request(Members, { id: created.segment!.id, first: 5 });
    expect(segment).toMatchObject({ name: "Viennese", members: { nodes: [] } });
    const wrong = await client.request(CreateSegment, { name: "Wrong", query: "city iz Rome" });
    expect(wrong.segmentCreateAutoUpdate.segment).toBeNull();
    expect(wrong.segmentCreateAutoUpdate.userErrors[0]?.field).toEqual(["input", "query"]);
    await expect(
      new GraphQLClient(`${server.url}/graphql`).request(Members, { id: "x", first: 5 }),
    ).rejects.toThrow(/UNAUTHENTICATED/);
  });

  it("operations typed by gql.tada", async () => {
    const client = new GraphQLClient(`${server.url}/graphql`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const found: Found = await audience(client, "everyone", 5);
    expect(found.valid).toBe(true);
    expect(found.count).toBeGreaterThan(0);
    expect(found.customers?.nodes[0]?.id).toEqual(expect.any(String));
    const wrong = await audience(client, "contry is Austria", 5);
    expect([wrong.count, wrong.diagnostics[0]?.fix?.replacement]).toEqual([null, "country"]);
    // @ts-expect-error `cont` is no field of the answer.
    expect(wrong.cont).toBeUndefined();
  });
});

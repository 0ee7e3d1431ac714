// Stores whose reads are watched, or changed, on their way.
import type { CollectionName, DocumentOf } from "../../src/documents/collections.js";
import type { Store } from "../../src/store/port.js";

type Call = (...parameters: readonly unknown[]) => unknown;

/** Every read of a group, wrapped. */
function wrappedGroup<Group extends object>(
  group: Group,
  prefix: string,
  wrap: (name: string, call: Call) => Call,
): Group {
  return Object.fromEntries(
    Object.entries(group).map(([name, call]) => [name, wrap(`${prefix}.${name}`, call as Call)]),
  ) as Group;
}

/** The store with every question (`questions.count`) and every named read (`customers.sample`) wrapped. */
export function wrappedReads(store: Store, wrap: (name: string, call: Call) => Call): Store {
  const reads = Object.fromEntries(
    Object.entries(store.reads).map(([subject, group]) => [subject, wrappedGroup(group, subject, wrap)]),
  ) as unknown as Store["reads"];
  return { ...store, reads, customers: wrappedGroup(store.customers, "questions", wrap) };
}

/** The store with something done before each question and each named read; what that throws is what the read rejects with. */
export function watchedStore(
  store: Store,
  before: (name: string, parameters: readonly unknown[]) => unknown,
): Store {
  return wrappedReads(store, (name, call) => {
    if (name === "questions.sourceIds")
      return async function* (...parameters) {
        await before(name, parameters);
        yield* call(...parameters) as AsyncIterable<unknown>;
      };
    return async (...parameters) => {
      await before(name, parameters);
      return call(...parameters);
    };
  });
}

/** The store, whose reads may take long: for tests of what is answered, some of which is left out where a server is slow. */
export function patient(store: Store): Store {
  return wrappedReads(
    store,
    (_, call) =>
      (...parameters) =>
        call(...parameters.map(withoutLimit)),
  );
}

function withoutLimit(parameter: unknown): unknown {
  if (typeof parameter !== "object" || parameter === null || !("maxTimeMs" in parameter)) return parameter;
  const { maxTimeMs: _none, ...rest } = parameter;
  return rest;
}

/** The signal among a read's parameters. */
export function signalIn(parameters: readonly unknown[]): AbortSignal | undefined {
  return (parameters.at(-1) as { readonly signal?: AbortSignal } | undefined)?.signal;
}

/** All of a project's documents in a collection, by `_id`. */
export async function documentsIn<Name extends CollectionName>(
  { reads }: Store,
  collection: Name,
  project = "shop",
): Promise<readonly DocumentOf[Name][]> {
  const found: DocumentOf[Name][] = [];
  for (let after = ""; ; ) {
    const page: readonly DocumentOf[Name][] = await reads.documents.after(collection, project, after, 1_000);
    found.push(...page);
    if (page.length < 1_000) return found;
    after = page.at(-1)!._id;
  }
}

/** The customers who hold a segment's id. */
export async function holdersIn(store: Store, project: string, segment: string) {
  const customers = await documentsIn(store, "customers", project);
  return customers.filter(({ segments }) => segments?.includes(segment) === true);
}

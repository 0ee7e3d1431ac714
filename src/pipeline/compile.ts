// Plan to aggregation pipeline, as frozen data; the store runs it. Conditions on events are evaluated by one of three
// strategies, which give the same answer at different cost.
import { type Filter, type MongoExpression, never } from "../operators/encodings/encoding.js";
import { fieldsOf, recordSourcesOf } from "../plan/fields.js";
import { freezeDeeply } from "../plan/freeze.js";
import type { Field, Plan, PlanNode, RecordSet } from "../plan/plan.js";
import { holdsOfNone, type SimplifiedPlan, simplifyPlan } from "../plan/simplify.js";
import {
  coarseConditions,
  figuresIn,
  groupStages,
  joinedList,
  joinedSets,
  joinStages,
  type NamedFigure,
  needsCustomers,
  placeFigure,
  recordSets,
  sequencesIn,
} from "./figures.js";
import { allOf, type FieldPlace, inPlace, matchNode } from "./match.js";
import { orderConditions, type Selectivity } from "./order.js";
import { addedAsOf, asOfStages, datedFields, isDated, placeAsOf } from "./records.js";
import type { SequenceNode } from "./sequence-links.js";
import { isGroupable, type NamedSequence, recordSetsOfSequence, sequenceStages } from "./sequences.js";
import type { Pipeline } from "./stage.js";

/** Where activity is read from: the summary on the customer, which is current, or the records, which serve any as-of. */
export type ActivitySource = "summary" | "records";

/**
 * How conditions on events are evaluated. `join`: the customers that pass the other conditions, each joined with its records.
 * `events_first`: the records, grouped by customer, then those customers. `both_sides`: the union of records and customers,
 * grouped by customer, which is exact under any `or` and `not` at one pass over each collection.
 */
export const eventStrategies = ["join", "events_first", "both_sides"] as const;
export type EventStrategy = (typeof eventStrategies)[number];

export interface CompileOptions {
  readonly activity: ActivitySource;
  /** Without one, conditions are in the order of their cost. */
  readonly selectivity?: Selectivity;
  /** By default `join`. A strategy that the plan doesn't allow (see `strategiesOf`) is refused. */
  readonly strategy?: EventStrategy;
}

/** A pipeline over `customers`, in two parts, so that counting need not fetch. */
export interface CompiledQuery {
  /** Yields a document for each customer that the plan matches; only its `_id` is guaranteed. */
  readonly find: Pipeline;
  /** Turns these into the customers as they are stored. */
  readonly fetch: Pipeline;
}

const unknownSelectivity: Selectivity = () => undefined;

/**
 * The pipeline over `customers` that yields exactly the customers that the plan matches, as they are stored, in no order. Tests
 * of products and named samples must be resolved before.
 * @throws RangeError for a strategy that the plan doesn't allow.
 */
export function compilePlan(
  plan: Plan,
  activity: ActivitySource,
  selectivity?: Selectivity,
  strategy?: EventStrategy,
): Pipeline {
  const { find, fetch } = compileQuery(simplifyPlan(plan), { activity, selectivity, strategy });
  return freezeDeeply([...find, ...fetch]);
}

/** The same for a simplified plan, in its two parts. */
export function compileQuery(plan: SimplifiedPlan, options: CompileOptions): CompiledQuery {
  const { selectivity = unknownSelectivity, activity, strategy = "join" } = options;
  const { project, asOf, where: simplified } = plan;
  const where = orderConditions(simplified, selectivity);
  const query: Query = {
    project,
    asOf: new Date(asOf),
    where,
    figures: figuresIn(where),
    sequences: sequencesIn(where),
    activity,
  };
  const readsRecords = query.figures.length > 0 || query.sequences.length > 0;
  if (query.sequences.length > 0 && !strategiesOf(plan).includes(strategy))
    throw new RangeError(`A query with this sequence can't be answered by ${strategy}.`);
  if (!readsRecords && (activity === "summary" || datedFields(where).length === 0)) {
    return freezeDeeply({ find: [{ $match: matchCustomers(project, [where]) }], fetch: [] });
  }
  return freezeDeeply(compilers[readsRecords ? strategy : "join"](query));
}

/** The strategies that a plan allows for its conditions on events; none if it has no such conditions. */
export function strategiesOf({ where }: SimplifiedPlan): readonly EventStrategy[] {
  const figures = figuresIn(where);
  const sequences = sequencesIn(where);
  if (figures.length === 0 && sequences.length === 0) return [];
  if (needsCustomers(where)) return ["join"];
  const canLead =
    sequences.length > 0
      ? leadingSequence(where) !== undefined
      : leadingRecords(where, figures) !== undefined;
  return eventStrategies.filter((strategy) => strategy !== "events_first" || canLead);
}

/** The sequence that every matching customer has; undefined if there is none. */
export function leadingSequence(where: PlanNode): SequenceNode | undefined {
  return conjunctsOf(where).find(
    (node): node is SequenceNode => node.kind === "sequence" && isGroupable(node),
  );
}

interface Query {
  readonly project: string;
  readonly asOf: Date;
  readonly where: PlanNode;
  readonly figures: readonly NamedFigure[];
  readonly sequences: readonly NamedSequence[];
  readonly activity: ActivitySource;
}

const compilers: Readonly<Record<EventStrategy, (query: Query) => CompiledQuery>> = {
  join: (query) => {
    const { sooner, later } = split(query);
    const { find, fetch } = afterCustomers(query, later, query.figures, query.sequences);
    return { find: [{ $match: matchCustomers(query.project, sooner) }, ...find], fetch };
  },
  events_first: (query) => (query.sequences.length > 0 ? sequenceFirst(query) : figuresFirst(query)),
  both_sides: (query) => {
    const { project, figures, sequences } = query;
    const { sooner, later } = split(query);
    const { stages } = datedStages(query, later);
    const carried = new Map<string, string>();
    const carry = (path: string): string => {
      const name = carried.get(path) ?? `carried_${carried.size}`;
      carried.set(path, name);
      return name;
    };
    const place = placeOf(query);
    const condition = matchAll(later, {
      ...place,
      field: (field) =>
        field.figure === undefined ? movedPaths(place.field(field), carry) : place.field(field),
    });
    const values = [...carried].map(([path, name]): [string, string] => [name, `$${path}`]);
    const both = Object.fromEntries([
      ...[...carried.values()].map((name): [string, MongoExpression] => [name, theOnly(name)]),
      // If no record counts, a sum is 0 and other figures are unknown.
      ...figures.map(({ name, field }): [string, MongoExpression] => [
        name,
        field.zeroWithout === true ? { $sum: `$${name}` } : theOnly(name),
      ]),
      ...sequences.map(({ name }): [string, MongoExpression] => [name, theOnly(name)]),
    ]);
    return {
      find: [
        { $match: matchCustomers(project, sooner) },
        ...stages,
        { $project: { is_customer: { $literal: true }, ...Object.fromEntries(values) } },
        ...recordSets(figures).map((records) => ({
          $unionWith: { coll: records, pipeline: groupStages(project, records, figures) },
        })),
        ...sequences.map((sequence) => ({
          $unionWith: {
            coll: recordSetsOfSequence(sequence.sequence)[0],
            pipeline: sequenceStages(project, sequence),
          },
        })),
        { $group: { _id: "$_id", is_customer: theOnly("is_customer"), ...both } },
        { $match: { is_customer: true, ...condition } },
      ],
      fetch: [
        { $lookup: { from: "customers", localField: "_id", foreignField: "_id", as: "customer" } },
        { $replaceRoot: { newRoot: { $first: "$customer" } } },
      ],
    };
  },
};

/** The customers with the records of which all figures of one collection are made. */
function figuresFirst(query: Query): CompiledQuery {
  const { project, where, figures } = query;
  const lead = leadingRecords(where, figures);
  if (lead === undefined)
    throw new RangeError("Customers without events may be meant: their events can't lead.");
  const own = figures.filter(({ figure }) => figure.records === lead);
  const conjuncts = conjunctsOf(where);
  const ofLead = conjuncts.filter((node) => fieldsOf(node).every(({ figure }) => figure?.records === lead));
  const found: Pipeline = [
    ...groupStages(
      project,
      lead,
      figures,
      ofLead.flatMap((node) => coarseConditions(node, figures)),
    ),
    ...(ofLead.length === 0 ? [] : [{ $match: matchAll(ofLead, placeOf(query)) }]),
  ];
  return afterRecords(query, lead, found, {
    nodes: conjuncts.filter((node) => !ofLead.includes(node)),
    figures: figures.filter(({ figure }) => figure.records !== lead),
    sequences: [],
    added: namesIn(own),
  });
}

/** The customers whose records contain the leading sequence. */
function sequenceFirst(query: Query): CompiledQuery {
  const { project, where, figures, sequences } = query;
  const lead = leadingSequence(where);
  if (lead === undefined)
    throw new RangeError("Customers without the sequence may be meant: their events can't lead.");
  const key = JSON.stringify(lead);
  const named = sequences.find((each) => each.key === key)!;
  const others = sequences.filter((each) => each !== named);
  return afterRecords(query, recordSetsOfSequence(lead)[0]!, sequenceStages(project, named), {
    nodes: conjunctsOf(where).filter((node) => node !== lead),
    figures,
    sequences: others,
    added: [named.name],
  });
}

/** What is still to be computed and matched after records have led to customers, and the fields that this has added. */
interface Rest {
  readonly nodes: readonly PlanNode[];
  readonly figures: readonly NamedFigure[];
  readonly sequences: readonly NamedSequence[];
  readonly added: readonly string[];
}

/** @param found stages over the collection that yield customers' ids. */
function afterRecords(query: Query, records: RecordSet, found: Pipeline, rest: Rest): CompiledQuery {
  const customer: Pipeline = [
    { $lookup: { from: "customers", localField: "_id", foreignField: "_id", as: "customer" } },
    { $replaceRoot: { newRoot: { $mergeObjects: [{ $first: "$customer" }, "$$ROOT"] } } },
  ];
  const added = ["customer", ...rest.added];
  // Customers are found only through their records.
  const from = (pipeline: Pipeline): Pipeline => [
    { $match: { project: query.project, ...never } },
    { $unionWith: { coll: records, pipeline } },
  ];
  if (rest.nodes.length === 0) return { find: from(found), fetch: [...customer, { $unset: added }] };
  const { find, fetch } = afterCustomers(query, rest.nodes, rest.figures, rest.sequences, added);
  return { find: [...from([...found, ...customer]), ...find], fetch };
}

/** The value that only one document of a group has. */
function theOnly(name: string): MongoExpression {
  return { $max: `$${name}` };
}

function conjunctsOf(node: PlanNode): readonly PlanNode[] {
  return node.kind === "and" ? node.operands : [node];
}

/** The conditions that can be matched on customers alone, and those that need their records. */
function split({ where, activity }: Query): {
  readonly sooner: readonly PlanNode[];
  readonly later: readonly PlanNode[];
} {
  const needsRecords = (node: PlanNode): boolean =>
    recordSourcesOf(node).length > 0 || (activity === "records" && fieldsOf(node).some(isDated));
  const conjuncts = conjunctsOf(where);
  return {
    sooner: conjuncts.filter((node) => !needsRecords(node)),
    later: conjuncts.filter(needsRecords),
  };
}

function matchCustomers(project: string, nodes: readonly PlanNode[]): Filter {
  return { project, ...allOf(nodes.map((node) => matchNode(node, inPlace))) };
}

function matchAll(nodes: readonly PlanNode[], place: FieldPlace): Filter {
  return allOf(nodes.map((node) => matchNode(node, place)));
}

/** The path of each field once the records have been read. */
function placeOf({ figures, sequences, activity }: Query): FieldPlace {
  return {
    field: (field) => {
      if (field.figure !== undefined) return placeFigure(field, figures);
      return activity === "records" ? placeAsOf(field) : field;
    },
    sequence: (node) => {
      const key = JSON.stringify(node);
      const named = sequences.find((each) => each.key === key);
      if (named === undefined) throw new RangeError("A sequence has no name.");
      return named.name;
    },
  };
}

/** The stages that compute the summary's figures as of an instant, if these conditions read them. */
function datedStages({ activity, asOf }: Query, nodes: readonly PlanNode[]) {
  const fields = activity === "records" ? nodes.flatMap(datedFields) : [];
  return { fields, stages: fields.length === 0 ? [] : asOfStages(fields, asOf) };
}

/** The stages after whole customers: read their records, match the conditions on these, and remove the added fields. */
function afterCustomers(
  query: Query,
  nodes: readonly PlanNode[],
  joined: readonly NamedFigure[],
  sequences: readonly NamedSequence[],
  alreadyAdded: readonly string[] = [],
): CompiledQuery {
  const { stages, fields } = datedStages(query, nodes);
  const added = [
    ...alreadyAdded,
    ...(fields.length === 0 ? [] : addedAsOf(fields)),
    ...joinedSets(joined, sequences).map(joinedList),
    ...namesIn(joined),
    ...sequences.map(({ name }) => name),
  ];
  const place = placeOf(query);
  return {
    find: [...stages, ...joinStages(joined, sequences, place.field), { $match: matchAll(nodes, place) }],
    fetch: added.length === 0 ? [] : [{ $unset: added }],
  };
}

function namesIn(figures: readonly NamedFigure[]): readonly string[] {
  return figures.map(({ name }) => name);
}

/** The field with all of its paths moved. */
function movedPaths(field: Field, move: (path: string) => string): Field {
  const { path, reversedPath, yearlyPath, sizePath, campaign } = field;
  return {
    ...field,
    ...(campaign === undefined
      ? { path: move(path) }
      : { campaign: { ...campaign, listPath: move(campaign.listPath) } }),
    ...(reversedPath === undefined ? {} : { reversedPath: move(reversedPath) }),
    ...(yearlyPath === undefined ? {} : { yearlyPath: move(yearlyPath) }),
    ...(sizePath === undefined ? {} : { sizePath: move(sizePath) }),
  };
}

/** The collection of which every matching customer has a record; undefined if there is none. */
function leadingRecords(where: PlanNode, figures: readonly NamedFigure[]): RecordSet | undefined {
  return recordSets(figures).find((records) => failsWithout(where, records));
}

/** True if a node is surely false of customers without a record in a collection. */
function failsWithout(node: PlanNode, records: RecordSet): boolean {
  switch (node.kind) {
    case "and":
      return node.operands.some((operand) => failsWithout(operand, records));
    case "or":
      return node.operands.every((operand) => failsWithout(operand, records));
    case "constant":
      return !node.value;
    case "compare":
    case "line":
    case "sequence":
      return false;
    case "predicate":
      return node.field.figure?.records === records && !holdsOfNone(node);
    case "not": {
      const { operand } = node;
      return (
        operand.kind === "predicate" && operand.field.figure?.records === records && holdsOfNone(operand)
      );
    }
    default:
      return node satisfies never;
  }
}

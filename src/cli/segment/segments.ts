// A project's segments as commands use them: in the store, or over a server.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { ProjectDocument } from "../../documents/documents.js";
import type { MembersSource } from "../../membership/reads/members.js";
import type { SegmentCombination } from "../../segments/combine.js";
import type { CustomerListing } from "../query/listed-customer.js";
import { printable } from "../terminal/terminal-text.js";

export interface SegmentSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: "static" | "auto_update";
  readonly archived: boolean;
  readonly query: string | undefined;
  readonly foundBy: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ListedSegment extends SegmentSummary {
  /** Null if its query is not valid. */
  readonly count: number | null;
  readonly status: string;
  /** The instant up to which its stored membership follows time; absent if it is up to date. */
  readonly behindAt?: string;
}

/** The state of an auto-update segment's stored membership. */
export interface ShownMembership {
  readonly status: "populating" | "live" | "removing" | "failed";
  readonly total: number | undefined;
  readonly populated: number | undefined;
  readonly computedAt: string | undefined;
  readonly liveSince: string | undefined;
  readonly problem: string | undefined;
}

export interface ShownSegment extends SegmentSummary {
  readonly count: number | null;
  readonly membership: ShownMembership | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Names of segments. */
  readonly uses: readonly string[];
  readonly usedIn: readonly string[];
}

/** A segment to create: from a query, or from customers by source id. */
interface NewSegment {
  readonly name: string;
  readonly isStatic: boolean;
  readonly query: string | undefined;
  readonly sourceIds: readonly string[] | undefined;
  /** Milliseconds since the epoch. */
  readonly asOf: number | undefined;
}

interface NewCombination {
  readonly name: string;
  readonly combination: SegmentCombination;
  readonly segmentIds: readonly string[];
  readonly isStatic: boolean;
}

export interface SegmentUpdate {
  readonly name?: string | undefined;
  readonly query?: string | undefined;
  readonly archived?: boolean | undefined;
}

interface SegmentMembersAnswer {
  readonly source: MembersSource;
  readonly asOf: Date;
  readonly answer: CustomerListing;
}

/** What another query would change in a segment. */
interface SegmentImpact {
  readonly diagnostics: readonly Diagnostic[];
  readonly asOf: Date;
  /** Undefined if the query has errors. */
  readonly answer:
    | {
        readonly canonical: string;
        readonly before: number;
        readonly after: number;
        readonly entering: CustomerListing;
        readonly leaving: CustomerListing;
      }
    | undefined;
}

/** All functions but `named` take a segment's id. For an invalid query, changes show its diagnostics and end the command. */
export interface Segments {
  readonly definition: () => Promise<ProjectDocument>;
  /** By name. */
  readonly list: (archived: boolean) => Promise<readonly ListedSegment[]>;
  /** The segment with this name or, if none has it, with this id. @throws an error if there is none. */
  readonly named: (name: string) => Promise<SegmentSummary>;
  readonly show: (id: string) => Promise<ShownSegment>;
  readonly members: (
    id: string,
    request: { readonly asOf: number | undefined; readonly fresh: boolean },
  ) => Promise<SegmentMembersAnswer>;
  /** The diagnostics of a query for a segment, including warnings of values that no customer has. */
  readonly checkQuery: (query: string, asOf: number | undefined) => Promise<readonly Diagnostic[]>;
  readonly create: (segment: NewSegment) => Promise<ShownSegment>;
  readonly combine: (segment: NewCombination) => Promise<ShownSegment>;
  readonly update: (id: string, changes: SegmentUpdate) => Promise<ShownSegment>;
  readonly impact: (id: string, query: string) => Promise<SegmentImpact>;
  readonly remove: (id: string) => Promise<void>;
}

/** True of a query that can be answered. */
export function isAnswerable(diagnostics: readonly Diagnostic[] = []): boolean {
  return !diagnostics.some(({ severity }) => severity === "ERROR");
}

/** The message for a segment that does not exist. */
export function noSuchSegment(name: string): string {
  return `There is no segment "${printable(name.slice(0, 80))}". segmentql segment list names those there are.`;
}

// A project's segments as commands need them: read and changed on the data itself, or over a server.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { ProjectDocument } from "../../documents/documents.js";
import type { MembersSource } from "../../membership/reads/members.js";
import type { Combination } from "../../segments/combine.js";
import type { Listed } from "../query/listed-customer.js";
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
  /** Null if its query has mistakes. */
  readonly count: number | null;
  readonly status: string;
  /** The moment up to which its stored membership follows time, while it catches up. */
  readonly behindAt?: string;
}

/** How far the stored membership of an auto-update segment is. */
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

/** A segment that is to be made: of a query, or of customers by source id. */
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
  readonly combination: Combination;
  readonly segmentIds: readonly string[];
  readonly isStatic: boolean;
}

export interface SegmentChanges {
  readonly name?: string | undefined;
  readonly query?: string | undefined;
  readonly archived?: boolean | undefined;
}

interface SegmentMembersAnswer {
  readonly source: MembersSource;
  readonly asOf: Date;
  readonly answer: Listed;
}

/** What another query would change. */
interface SegmentImpact {
  readonly diagnostics: readonly Diagnostic[];
  readonly asOf: Date;
  /** Undefined if the query has errors. */
  readonly answer:
    | {
        readonly canonical: string;
        readonly before: number;
        readonly after: number;
        readonly entering: Listed;
        readonly leaving: Listed;
      }
    | undefined;
}

/** All take a segment's id, but `named`. Changes show a query's mistakes in its text, and end the command. */
export interface Segments {
  readonly definition: () => Promise<ProjectDocument>;
  /** By name. */
  readonly list: (archived: boolean) => Promise<readonly ListedSegment[]>;
  /** The segment of a name or, if none has it, of an id. @throws an error that says so if there is none. */
  readonly named: (name: string) => Promise<SegmentSummary>;
  readonly show: (id: string) => Promise<ShownSegment>;
  readonly members: (
    id: string,
    request: { readonly asOf: number | undefined; readonly fresh: boolean },
  ) => Promise<SegmentMembersAnswer>;
  /** What is wrong with a query that a segment is to be made of, with warnings of values that no customer has. */
  readonly checkQuery: (query: string, asOf: number | undefined) => Promise<readonly Diagnostic[]>;
  readonly create: (segment: NewSegment) => Promise<ShownSegment>;
  readonly combine: (segment: NewCombination) => Promise<ShownSegment>;
  readonly update: (id: string, changes: SegmentChanges) => Promise<ShownSegment>;
  readonly impact: (id: string, query: string) => Promise<SegmentImpact>;
  readonly remove: (id: string) => Promise<void>;
}

/** True of a query that can be answered. */
export function isAnswerable(diagnostics: readonly Diagnostic[] = []): boolean {
  return !diagnostics.some(({ severity }) => severity === "ERROR");
}

/** What is said of a segment that is not there. */
export function noSuchSegment(name: string): string {
  return `There is no segment "${printable(name.slice(0, 80))}". segmentql segment list names those there are.`;
}

// Queries of several clauses, for the time that all counts of their clauses take.
import type { Engine } from "../src/engine.js";
import type { ClauseCounts } from "../src/query/clause-counts.js";
import { previewSegment } from "../src/query/preview.js";

export const clauseQuestions: readonly string[] = [
  "country is Poland and total spent is more than $100 and name contains ann",
  "total spent is more than $100 and performed checkout in the last 720 hours",
  "performed login in the last 2160 hours and has not performed checkout in the last 720 hours",
  "performed login at least twice and (country is Poland or number of orders is at least 3) and vip",
];

/** The counts of each clause and of the query without it, at once. */
export async function countClauses(engine: Engine, project: string, query: string): Promise<number[]> {
  const { answer } = await previewSegment(engine, project, { query });
  if (answer === undefined) throw new Error(`${query} is wrong`);
  const counts = (clause: ClauseCounts): Promise<number>[] => [
    clause.count(),
    clause.countWithout(),
    ...clause.clauses.flatMap(counts),
  ];
  return Promise.all(answer.clauses().flatMap(counts));
}

/** The counts of each clause by a query of its own. */
export async function countSeparately(engine: Engine, project: string, query: string): Promise<number[]> {
  const { answer } = await previewSegment(engine, project, { query });
  const texts = (clause: ClauseCounts): string[] => [clause.text, ...clause.clauses.flatMap(texts)];
  const counts: number[] = [];
  for (const text of answer?.clauses().flatMap(texts) ?? []) {
    const { answer: own } = await previewSegment(engine, project, { query: text });
    counts.push((await own?.count()) ?? 0);
  }
  return counts;
}

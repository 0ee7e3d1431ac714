// People's names by country, drawn once into pools: drawing each name from faker would take more time than everything else.
import type { Faker } from "@faker-js/faker";
import { countries } from "./stock.js";

/** Names as they are written in a country, with their forms in e-mail addresses. */
export interface NamePool {
  readonly first: readonly PersonName[];
  readonly last: readonly PersonName[];
}

interface PersonName {
  readonly written: string;
  /** In a-z. */
  readonly ascii: string;
}

const size = 400;

let pools: readonly NamePool[] | undefined;

/** The pool of each country of `countries`, in their order; always the same. */
export function namePools(): readonly NamePool[] {
  pools ??= countries.map(({ people }) => drawPool(people));
  return pools;
}

function drawPool(people: Faker): NamePool {
  people.seed(20_260_201);
  return {
    first: draw(() => people.person.firstName()),
    last: draw(() => people.person.lastName()),
  };
}

function draw(name: () => string): readonly PersonName[] {
  return Array.from({ length: size }, name).map((written) => ({ written, ascii: asciiOf(written) }));
}

const letters: Readonly<Record<string, string>> = { ł: "l", ß: "ss", ø: "o", æ: "ae", œ: "oe", đ: "d" };

function asciiOf(written: string): string {
  return written
    .toLowerCase()
    .replace(/[łßøæœđ]/g, (letter) => letters[letter]!)
    .normalize("NFD")
    .replace(/[^a-z]/g, "");
}

// Finds the queries of the segment language in a GraphQL operation and in its variables: every argument and input field named
// `query` is one. Their texts are string literals, so positions in the text are not those of the source.
import { Lexer, Source, type Token, TokenKind } from "graphql";

export interface Sentence {
  /** The query, without quotes and escapes. */
  readonly text: string;
  /** Where the literal's content is in the source. */
  readonly from: number;
  readonly to: number;
  /** The position in the source of a position in the text, from 0 to its length. */
  readonly sourceOf: (position: number) => number;
  /** The position in the text that a position in the source belongs to. */
  readonly textOf: (position: number) => number;
  /** A part of a query as the literal has to write it. */
  readonly written: (part: string) => string;
}

const argument = "query";

/** The queries in an operation, up to where it stops being GraphQL. */
export function sentencesOfOperation(source: string): readonly Sentence[] {
  const found: Sentence[] = [];
  const lexer = new Lexer(new Source(source));
  let before: readonly [Token | undefined, Token | undefined] = [undefined, undefined];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      const [name, colon] = before;
      if (name?.value === argument && name.kind === TokenKind.NAME && colon?.kind === TokenKind.COLON) {
        if (token.kind === TokenKind.STRING) found.push(quoted(source, token.start + 1, token.end - 1));
        if (token.kind === TokenKind.BLOCK_STRING)
          found.push(unescaped(source, token.start + 3, token.end - 3));
      }
      before = [colon, token];
    }
  } catch {
    // What comes after is being typed.
  }
  return found;
}

/** The queries in the JSON of variables. */
export function sentencesOfVariables(source: string): readonly Sentence[] {
  const found: Sentence[] = [];
  for (const match of source.matchAll(/"query"\s*:\s*"((?:[^"\\\n]|\\.)*)"/g)) {
    const to = match.index + match[0].length - 1;
    found.push(quoted(source, to - match[1]!.length, to));
  }
  return found;
}

/** The sentence at a position of the source. */
export function sentenceAt(sentences: readonly Sentence[], position: number): Sentence | undefined {
  return sentences.find(({ from, to }) => from <= position && position <= to);
}

const escaped = /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|(.))/y;
const meanings: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** A literal in quotes, whose escapes GraphQL and JSON share. */
function quoted(source: string, from: number, to: number): Sentence {
  const places: number[] = [];
  let text = "";
  for (let at = from; at < to; ) {
    escaped.lastIndex = at;
    const found = source[at] === "\\" ? escaped.exec(source) : null;
    const unit = found === null ? source[at]! : meaningOf(found);
    for (let index = 0; index < unit.length; index += 1) places.push(at);
    text += unit;
    at += found?.[0].length ?? 1;
  }
  places.push(to);
  return {
    text,
    from,
    to,
    sourceOf: (position) => places[Math.min(position, places.length - 1)]!,
    textOf: (position) => {
      const after = places.findIndex((place) => place >= position);
      return after === -1 ? text.length : after;
    },
    written: (part) => JSON.stringify(part).slice(1, -1),
  };
}

function meaningOf([, long, short, letter]: RegExpExecArray): string {
  const code = long ?? short;
  if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10_ff_ff));
  return meanings[letter!] ?? letter!;
}

/** A block string, which has no escapes but for its own quotes. */
function unescaped(source: string, from: number, to: number): Sentence {
  const text = source.slice(from, to);
  return {
    text,
    from,
    to,
    sourceOf: (position) => from + Math.min(position, text.length),
    textOf: (position) => Math.max(0, Math.min(position, to) - from),
    written: (part) => part.replaceAll('"""', '\\"""'),
  };
}

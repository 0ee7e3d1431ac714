// The form's edits of a text: each changes the stretch that it is about and leaves the rest, comments included, as
// it is.
import type { Edit, FormNode, RowGroup, Stretch } from "./protocol.js";

/** A text and its comments, in which no word joins conditions. */
export interface Written {
  readonly text: string;
  readonly comments: readonly Stretch[];
}

/** The text after some edits, which don't overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((one, other) => other.from - one.from)
    .reduce((changed, { from, to, insert }) => changed.slice(0, from) + insert + changed.slice(to), text);
}

/** The text with its comments replaced by spaces: of the same length, and without the comments' words. */
function withoutComments({ text, comments }: Written): string {
  return comments.reduce(
    (plain, { from, to }) => plain.slice(0, from) + " ".repeat(to - from) + plain.slice(to),
    text,
  );
}

const joiningWord = /\b(?:and|or)\b|,/i;

/** The word that joins two conditions that are next to each other. */
function joinBetween(written: Written, left: FormNode, right: FormNode): Stretch | undefined {
  const from = left.whole.to;
  const found = joiningWord.exec(withoutComments(written).slice(from, right.whole.from));
  return found === null ? undefined : { from: from + found.index, to: from + found.index + found[0].length };
}

/** The path from the root to a node, the node last. */
function pathTo(root: FormNode, node: FormNode): readonly FormNode[] {
  if (root === node) return [root];
  for (const child of childrenOf(root)) {
    const path = pathTo(child, node);
    if (path.length > 0) return [root, ...path];
  }
  return [];
}

function childrenOf(node: FormNode): readonly FormNode[] {
  if (node.kind === "group") return node.children;
  return node.kind === "not" ? [node.child] : [];
}

/** Takes a condition or a group out, with the word that joins it; a group that would be left empty is removed with it. */
export function removeNode(written: Written, root: FormNode, node: FormNode): readonly Edit[] {
  const path = pathTo(root, node);
  const parent = path.at(-2);
  if (parent === undefined) return removeAll(written);
  if (parent.kind !== "group" || parent.children.length === 1) return removeNode(written, root, parent);
  const index = parent.children.indexOf(node);
  const [left, right] = index === 0 ? [node, parent.children[1]] : [parent.children[index - 1], node];
  if (left === undefined || right === undefined) return [];
  const word = joinBetween(written, left, right);
  if (word === undefined) return [];
  const { text } = written;
  if (index === 0) {
    // Up to the next condition, unless a comment is between them, which is kept.
    const isPlain = text.slice(node.whole.to, right.whole.from).trim() === text.slice(word.from, word.to);
    if (isPlain) return [{ from: node.whole.from, to: right.whole.from, insert: "" }];
    return [
      { ...stretchOf(node.whole), insert: "" },
      { ...word, insert: "" },
    ];
  }
  const start = text.slice(0, word.from).trimEnd().length;
  const isPlain = text.slice(word.to, node.whole.from).trim() === "";
  const from = start >= left.whole.to && !endsComment(written, start) ? start : word.from;
  if (isPlain) return [{ from, to: node.whole.to, insert: "" }];
  return [
    { ...word, insert: "" },
    { ...stretchOf(node.whole), insert: "" },
  ];
}

/** Takes out everything but the comments. */
function removeAll({ text, comments }: Written): readonly Edit[] {
  const kept = comments.map(({ from, to }) => text.slice(from, to)).join("\n");
  return [{ from: 0, to: text.length, insert: kept }];
}

/** A comment ends with its line: what follows must stay on the next line. */
function endsComment({ comments }: Written, place: number): boolean {
  return comments.some(({ from, to }) => from < place && place <= to);
}

function stretchOf({ from, to }: Stretch): Stretch {
  return { from, to };
}

/** Joins the conditions of a group in another way. */
export function joinOtherwise(written: Written, group: RowGroup, join: RowGroup["join"]): readonly Edit[] {
  const quantifier = /^(?:all|any|none)(?=\s+of)/i.exec(written.text.slice(group.from, group.to));
  if (group.quantified && quantifier !== null) {
    const word = join === "and" ? "all" : join === "or" ? "any" : "none";
    return [{ from: group.from, to: group.from + quantifier[0].length, insert: word }];
  }
  if (join === "none") return [];
  return group.children.slice(1).flatMap((child, index) => {
    const left = group.children[index];
    const word = left && joinBetween(written, left, child);
    return word === undefined ? [] : [{ ...word, insert: join }];
  });
}

/** Adds a condition to a group, or after a single condition. */
export function addCondition(
  written: Written,
  node: FormNode | undefined,
  condition: string,
): readonly Edit[] {
  if (node === undefined) {
    const { text } = written;
    const { length } = text.trimEnd();
    const gap = length === 0 ? "" : "\n";
    return [{ from: length, to: length, insert: `${gap}${condition}` }];
  }
  if (node.kind !== "group") return [{ from: node.whole.to, to: node.whole.to, insert: ` and ${condition}` }];
  const at = node.children.at(-1)?.whole.to ?? node.to;
  const gap = node.quantified ? ", " : ` ${node.join} `;
  return [{ from: at, to: at, insert: `${gap}${condition}` }];
}

/** Adds a group with one condition in it; its connective differs from that of the group around it. */
export function addGroup(written: Written, node: FormNode | undefined, condition: string): readonly Edit[] {
  const isAny = node?.kind !== "group" || node.join === "and";
  return addCondition(written, node, `${isAny ? "any" : "all"} of (${condition})`);
}

/** Takes the `not` before a node out; the nearest, where there are more of them. */
function withoutNot(written: Written, { whole }: FormNode): readonly Edit[] {
  const before = /not\s*$/i.exec(withoutComments(written).slice(0, whole.from));
  if (before === null) return [];
  const end = before.index + "not".length;
  const gap = /^[ \t]*/.exec(written.text.slice(end))?.[0] ?? "";
  return [{ from: before.index, to: end + gap.length, insert: "" }];
}

/** Negates a condition or group, or removes its negation. */
export function negateNode(written: Written, root: FormNode, node: FormNode): readonly Edit[] {
  if (node.kind === "not") return withoutNot(written, node.child);
  if (pathTo(root, node).at(-2)?.kind === "not") return withoutNot(written, node);
  const { from, to } = node.whole;
  const isOpen = node.kind === "group" && !node.quantified && written.text.charAt(from) !== "(";
  if (!isOpen) return [{ from, to: from, insert: "not " }];
  return [
    { from, to: from, insert: "not (" },
    { from: to, to, insert: ")" },
  ];
}

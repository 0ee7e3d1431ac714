// Railroad diagrams of the grammar, as one SVG that needs nothing else: each production is a line of track, words are round,
// what the writer fills in and other productions are square.
import type { SyntaxNode } from "../../grammar/syntax.js";

/** A drawn part: its size, how far below its top the track runs, and its elements at a place. */
interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly track: number;
  readonly at: (x: number, y: number) => string;
}

const box = { height: 26, character: 7.6, padding: 12 } as const;
const gap = { x: 16, y: 10, curve: 10 } as const;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function labelled(text: string, className: string, radius: number): Drawn {
  const width = Math.ceil(text.length * box.character) + 2 * box.padding;
  return {
    width,
    height: box.height,
    track: box.height / 2,
    at: (x, y) =>
      `<rect class="${className}" x="${x}" y="${y}" width="${width}" height="${box.height}" rx="${radius}"/>` +
      `<text x="${x + width / 2}" y="${y + box.height / 2 + 4.5}">${escaped(text)}</text>`,
  };
}

const line = (x: number, y: number, length: number): string =>
  length <= 0 ? "" : `<path d="M${x} ${y}h${length}"/>`;

/** From the track at one height to that at another, and round the corner: two quarter circles. */
function bend(x: number, from: number, to: number): string {
  const down = to > from ? 1 : -1;
  const c = gap.curve;
  if (from === to) return line(x, from, 2 * c);
  const rest = Math.abs(to - from) - 2 * c;
  return `<path d="M${x} ${from}q${c} 0 ${c} ${down * c}v${down * rest}q0 ${down * c} ${c} ${down * c}"/>`;
}

function inSequence(parts: readonly Drawn[]): Drawn {
  const track = Math.max(...parts.map((part) => part.track));
  const below = Math.max(...parts.map((part) => part.height - part.track));
  const width = parts.reduce((sum, part) => sum + part.width, 0) + gap.x * (parts.length - 1);
  return {
    width,
    height: track + below,
    track,
    at: (x, y) => {
      let left = x;
      let drawn = "";
      for (const [index, part] of parts.entries()) {
        drawn += part.at(left, y + track - part.track);
        left += part.width;
        if (index < parts.length - 1) drawn += line(left, y + track, gap.x);
        left += gap.x;
      }
      return drawn;
    },
  };
}

/** One above the other, the first on the track itself; `undefined` is a track without anything. */
function stacked(parts: readonly (Drawn | undefined)[]): Drawn {
  const side = 2 * gap.curve;
  const inner = Math.max(...parts.map((part) => part?.width ?? 0));
  const tops: number[] = [];
  let height = 0;
  for (const part of parts) {
    tops.push(height);
    height += (part?.height ?? 2 * gap.curve) + gap.y;
  }
  const trackOf = (index: number): number => tops[index]! + (parts[index]?.track ?? gap.curve);
  const track = trackOf(0);
  return {
    width: inner + 2 * side,
    height: height - gap.y,
    track,
    at: (x, y) =>
      parts
        .map((part, index) => {
          const [own, width] = [y + trackOf(index), part?.width ?? 0];
          const before = bend(x, y + track, own);
          const after =
            index === 0 ? line(x + side + inner, own, side) : bend(x + side + inner, own, y + track);
          return (
            before +
            (part?.at(x + side, y + tops[index]!) ?? "") +
            line(x + side + width, own, inner - width) +
            after
          );
        })
        .join(""),
  };
}

/** Once or more: the separator is on the way back, below. */
function looped(part: Drawn, between: Drawn): Drawn {
  const side = 2 * gap.curve;
  const inner = Math.max(part.width, between.width);
  const top = part.height + gap.y;
  const c = gap.curve;
  return {
    width: inner + 2 * side,
    height: top + between.height,
    track: part.track,
    at: (x, y) => {
      const [own, back] = [y + part.track, y + top + between.track];
      const [left, right] = [x + side, x + side + inner];
      const drop = back - own - 2 * c;
      return (
        line(x, own, side) +
        part.at(left, y) +
        line(left + part.width, own, inner - part.width + side) +
        `<path d="M${right} ${own}q${c} 0 ${c} ${c}v${drop}q0 ${c} ${-c} ${c}"/>` +
        `<path d="M${left} ${own}q${-c} 0 ${-c} ${c}v${drop}q0 ${c} ${c} ${c}"/>` +
        between.at(left, y + top) +
        line(left + between.width, back, inner - between.width)
      );
    },
  };
}

function draw(node: SyntaxNode): Drawn {
  switch (node.kind) {
    case "words":
      return labelled(node.text, "words", box.height / 2);
    case "rule":
      return labelled(node.name, "rule", 2);
    case "slot":
      return labelled(node.name, "slot", 2);
    case "sequence":
      return inSequence(node.parts.map(draw));
    case "choice":
      return node.options.length === 1 ? draw(node.options[0]!) : stacked(node.options.map(draw));
    case "optional":
      return stacked([undefined, draw(node.part)]);
    case "repeat":
      return looped(draw(node.part), draw(node.between));
  }
}

const style = [
  "text{font:13px ui-monospace,monospace;text-anchor:middle;fill:#1f2430}",
  ".title{font-weight:bold;text-anchor:start}",
  "path{fill:none;stroke:#5b6475;stroke-width:1.6}",
  "rect{stroke:#5b6475;stroke-width:1.2}",
  ".words{fill:#e5f0ff}.rule{fill:#fff4d6}.slot{fill:#e8f7e8}.page{fill:#fff;stroke:none}",
].join("");

/** Every production, one under the other. */
export function railroadDiagram(productions: Readonly<Record<string, SyntaxNode>>): string {
  const margin = 24;
  let y = margin;
  let width = 0;
  const rows = Object.entries(productions).map(([name, node]) => {
    const drawn = draw(node);
    const [top, track] = [y + 26, y + 26 + drawn.track];
    y = top + drawn.height + 30;
    width = Math.max(width, drawn.width + 2 * margin + 2 * gap.x);
    const end = margin + gap.x + drawn.width;
    return (
      `<text class="title" x="${margin}" y="${top - 12}">${name}</text>` +
      `<path d="M${margin} ${track - 6}v12"/>${line(margin, track, gap.x)}` +
      drawn.at(margin + gap.x, top) +
      `${line(end, track, gap.x)}<path d="M${end + gap.x} ${track - 6}v12"/>`
    );
  });
  const size = `width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><title>The grammar of the segment language</title><style>${style}</style><rect class="page" width="${width}" height="${y}"/>\n${rows.join("\n")}\n</svg>\n`;
}

// A tree as one line of text, without spans, for tests to write trees down in:
//
//     email ends with .uk and not vip           and([email] ends_with {.uk}, not([vip]))
//     performed "page viewed" twice today       event({page viewed}; at_least {2}; on {today})
//
// Names are in [ ], values in { }; `!` marks a negated operator or event.
import type {
  Comment,
  EventCount,
  EventDays,
  EventWindow,
  Expression,
  OperatorUse,
  Query,
  SequenceStep,
  Value,
} from "../../grammar/tree.js";

/** The compact form of a whole query; each comment follows after ` -- `. */
export function shape(tree: Query): string {
  return [shapeOf(tree.expression), ...tree.comments.map((comment: Comment) => comment.text)].join(" -- ");
}

function shapeOf(node: Expression): string {
  switch (node.kind) {
    case "And":
      return `and(${several(node.operands)})`;
    case "Or":
      return `or(${several(node.operands)})`;
    case "Not":
      return `not(${shapeOf(node.operand)})`;
    case "Group":
      return `${node.quantifier}(${several(node.operands)})`;
    case "Comparison": {
      const campaign = node.campaign === undefined ? "" : ` in ${value(node.campaign)}`;
      const window = node.window === undefined ? "" : ` (${windowOf(node.window)})`;
      return `[${node.attribute.text}]${campaign}${window} ${operation(node)}`;
    }
    case "Flag":
      return `[${node.attribute.text}]`;
    case "Event":
      return `${node.negated ? "!" : ""}event(${[value(node.name), ...clauses(node)].join("; ")})`;
    case "Occurrence":
      return `${node.which}(${value(node.name)}) ${operation(node)}`;
    case "Measure": {
      const property = node.property === undefined ? "" : `${value(node.property)} of `;
      return `${node.aggregate}${node.different === true ? " different" : ""}(${[`${property}${value(node.name)}`, ...clauses(node)].join("; ")}) ${operation(node)}`;
    }
    case "Membership":
      return `segment(${value(node.segment)})`;
    case "Sample":
      return `sample(${[node.share, ...(node.name === undefined ? [] : [node.name])].map(value).join("; ")})`;
    case "Sequence":
      return `sequence(${node.which === undefined ? "" : `${node.which} `}${node.steps.map(step).join(" > ")})`;
    case "Item":
      return `item(${shapeOf(node.operand)})`;
    case "Everyone":
      return "everyone";
    case "Invalid":
      return "invalid";
  }
}

function several(nodes: readonly Expression[]): string {
  return nodes.map(shapeOf).join(", ");
}

function step(node: SequenceStep): string {
  const { same, within } = node;
  const parts = [
    `${node.negated ? "!" : ""}${value(node.name)}`,
    ...clauses(node),
    ...(same === undefined
      ? []
      : [["same", ...[same.property, same.previous ?? []].flat().map(value)].join(" ")]),
    ...(within === undefined ? [] : [`within ${value(within)}`]),
  ];
  return parts.join("; ");
}

function value(node: Value): string {
  if (node.attribute === undefined) return `{${node.text}}`;
  return `{@${node.attribute}${node.campaign === undefined ? "" : ` in ${value(node.campaign)}`}}`;
}

function windowOf(window: EventWindow): string {
  return [window.form, ...window.operands.map(value)].join(" ");
}

function operation(node: { readonly operator: OperatorUse; readonly operands: readonly Value[] }): string {
  const name = `${node.operator.negated ? "!" : ""}${node.operator.name}`;
  return [name, ...node.operands.map(value)].join(" ");
}

function clauses(node: {
  readonly count?: EventCount;
  readonly days?: EventDays;
  readonly window?: EventWindow;
  readonly where?: Expression;
}): string[] {
  const { count, days, window, where } = node;
  return [
    ...(count === undefined ? [] : [`${count.comparison} ${value(count.times)}`]),
    ...(days === undefined ? [] : [`${days.comparison} ${value(days.number)} different ${days.unit.text}`]),
    ...(window === undefined ? [] : [windowOf(window)]),
    ...(where === undefined ? [] : [`where ${shapeOf(where)}`]),
  ];
}

// Attributes that queries can use, as GraphQL returns them: enough to build a form of conditions.
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { operatorsOf } from "../../catalog/catalog.js";
import type { Attribute } from "../../catalog/model.js";
import { operators } from "../../operators/index.js";
import type { Operator } from "../../operators/operator.js";
import type { ValueType } from "../../plan/literals.js";
import { costs } from "../server/cost.js";

const types = {
  TEXT: "text",
  EXACT: "exact",
  COUNTRY: "country",
  ENUMERATION: "enumeration",
  NUMBER: "number",
  MONEY: "money",
  BOOLEAN: "boolean",
  DATE: "date",
  DATETIME: "datetime",
  YEARLY: "yearly",
  MONTH: "month",
  SET: "set",
  PRODUCT: "product",
} as const satisfies Readonly<Record<string, ValueType | "product">>;
type AttributeTypeName = (typeof types)[keyof typeof types];

registerEnumType(types, {
  name: "AttributeType",
  description: "Type of an attribute's value.",
  valuesConfig: {
    TEXT: { description: "Text; case is ignored." },
    EXACT: { description: "Text; case-sensitive." },
    COUNTRY: { description: "A country, by name or code." },
    ENUMERATION: { description: "One of a fixed list of values." },
    NUMBER: { description: "A number." },
    MONEY: { description: "An amount in the project's currency." },
    BOOLEAN: { description: "True or false." },
    DATE: { description: "A day." },
    DATETIME: { description: "A date and time." },
    YEARLY: { description: "A day of the year." },
    MONTH: { description: "A month of the year." },
    SET: { description: "A set of values of `elementType`." },
    PRODUCT: { description: "A product, by id, SKU or part of the name." },
  },
});

/** `STARTS_WITH` for `starts_with`, `LESS_OR_EQUAL_SIGN` for `<=`. */
function constant(text: string): string {
  if (/^[<>=]+$/.test(text))
    return `${text.replace("<", "LESS").replace(">", "GREATER").replace("=", "_OR_EQUAL")}_SIGN`;
  return text
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z]+/g, "_")
    .toUpperCase();
}

const operatorNames = Object.fromEntries(operators.map(({ name }) => [constant(name), name]));

registerEnumType(operatorNames, {
  name: "Operator",
  description: "A comparison of the segment language.",
  valuesConfig: Object.fromEntries(
    operators.map(({ name, spellings }) => [constant(name), { description: `Written \`${spellings[0]}\`.` }]),
  ),
});

const operands = {
  NONE: "none",
  VALUE: "value",
  LIST: "list",
  PAIR: "pair",
  DURATION: "duration",
  PERIOD: "period",
  DISTANCE: "distance",
} as const satisfies Readonly<Record<Uppercase<Operator["operand"]>, Operator["operand"]>>;

registerEnumType(operands, {
  name: "OperandKind",
  description: "What follows an operator.",
  valuesConfig: {
    NONE: { description: "Nothing." },
    VALUE: { description: "One value." },
    LIST: { description: "A list of values in parentheses." },
    PAIR: { description: "Two values, joined by `and`." },
    DURATION: { description: "A length of time, as `30 days`." },
    PERIOD: { description: "A span of the calendar, as `November 2026`." },
    DISTANCE: { description: "A length of time and another date, as `7 days after created`." },
  },
});

@ObjectType("AttributeOperator", { description: "An operator that an attribute has." })
export class AttributeOperatorType {
  readonly #operator: Operator;
  readonly #type: ValueType;

  constructor(operator: Operator, type: ValueType) {
    this.#operator = operator;
    this.#type = type;
  }

  @Field(() => operatorNames, { description: "The operator." })
  get operator(): string {
    return this.#operator.name;
  }

  @Field(() => String, { description: "How a query writes it, as `starts with`." })
  get words(): string {
    return this.#operator.spellings[0] ?? "";
  }

  @Field(() => String, { nullable: true, description: "How a query writes its complement, if it has one." })
  get negatedWords(): string | undefined {
    return this.#operator.negatedSpellings[0];
  }

  @Field(() => operands, { description: "What follows it." })
  get operand() {
    return this.#operator.operand;
  }

  @Field(() => types, { description: "Type of the values that follow it." })
  get operandType(): AttributeTypeName {
    return this.#operator.operandType ?? this.#type;
  }
}

@ObjectType("Attribute", {
  description: "An attribute of customers, or a property of events, that queries can use.",
})
export class AttributeType {
  readonly #attribute: Attribute;

  constructor(attribute: Attribute) {
    this.#attribute = attribute;
  }

  @Field(() => String, { description: "Canonical name, as queries write it: `orders.total_amount`." })
  get name(): string {
    return this.#attribute.name;
  }

  @Field(() => String, { description: "Label for people, as `Creation date`." })
  get label(): string {
    const { name, label = name.replace(/^metadata\./, "").replaceAll("`", "") } = this.#attribute;
    return `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  }

  @Field(() => [String], { description: "Other ways to write it." })
  get phrases(): readonly string[] {
    return this.#attribute.phrases;
  }

  @Field(() => types, { description: "Type of its value." })
  get type(): AttributeTypeName {
    return this.#attribute.type;
  }

  @Field(() => types, {
    nullable: true,
    description: "Type of the elements of a set; null for any other type.",
  })
  get elementType(): AttributeTypeName | undefined {
    return this.#attribute.element;
  }

  @Field(() => [String], { nullable: true, description: "All possible values, if there is a fixed list." })
  get values(): readonly string[] | undefined {
    return this.#attribute.values;
  }

  @Field(() => [AttributeOperatorType], {
    complexity: costs(0, { assumedSize: 10 }),
    description: "The operators that it has.",
  })
  get operators(): readonly AttributeOperatorType[] {
    const { type } = this.#attribute;
    return operatorsOf(type).map((operator) => new AttributeOperatorType(operator, type));
  }
}

@ObjectType("EventFilter", { description: "A type of event that conditions can be about." })
export class EventFilterType {
  @Field(() => String, { description: "Name of the event, as queries write it." }) readonly name!: string;
  @Field(() => Boolean, { description: "True of `order`, which every project has." })
  readonly builtIn!: boolean;
  @Field(() => [AttributeType], {
    complexity: costs(0, { assumedSize: 10 }),
    description: "Its properties.",
  })
  readonly properties!: readonly AttributeType[];
}

@ObjectType("SegmentFilters", { description: "Everything that a form of conditions offers." })
export class SegmentFiltersType {
  @Field(() => [AttributeType], {
    complexity: costs(0, { assumedSize: 50 }),
    description: "Attributes of customers.",
  })
  readonly attributes!: readonly AttributeType[];

  @Field(() => [EventFilterType], {
    complexity: costs(0, { assumedSize: 20 }),
    description: "Types of events, `order` first.",
  })
  readonly events!: readonly EventFilterType[];
}

@ObjectType("SegmentTemplate", { description: "A segment that most shops can use." })
export class SegmentTemplateType {
  @Field(() => String, { description: "Stable key, as `lapsed-customers`." }) readonly key!: string;
  @Field(() => String, { description: "Name." }) readonly name!: string;
  @Field(() => String, { description: "Which customers it finds." }) readonly description!: string;
  @Field(() => String, { description: "Query, valid under the project's definitions." })
  readonly query!: string;
}

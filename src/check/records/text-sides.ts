// Two texts compared, each an attribute or a property: what is read of each, by what they are. The case matters if either is
// `source_id`; parts are parts of what was stored.
import type { Attribute, ElementType } from "../../catalog/model.js";
import type { Field, Relation, Side } from "../../plan/plan.js";

/** What is compared: its type or, of a set, that of its elements; and where its text is as it was given. */
export interface TextOperand extends Pick<Attribute, "given"> {
  readonly type: ElementType;
}

type OfField = (field: Field) => Side;

const textTypes: ReadonlySet<ElementType> = new Set(["text", "exact", "country", "enumeration"]);
/** The relations of a text with a part of it. */
export const ofParts: ReadonlySet<Relation> = new Set(["startsWith", "endsWith", "contains"]);

export function isText(type: ElementType): boolean {
  return textTypes.has(type);
}

/** The sides of a comparison of two texts. */
export function textSides(
  one: TextOperand,
  relation: Relation,
  other: TextOperand,
): readonly [OfField, OfField] {
  const either = (type: ElementType): boolean => one.type === type || other.type === type;
  if (either("exact")) return [exactSide(one), exactSide(other)];
  if (ofParts.has(relation)) return [storedSide(one), storedSide(other)];
  const plain: OfField = (field) => ({ field });
  if (either("country")) {
    const asCountry = ({ type }: TextOperand): OfField =>
      type === "text" ? (field) => ({ field, as: { kind: "country" } }) : plain;
    return [asCountry(one), asCountry(other)];
  }
  if (!either("enumeration")) return [plain, plain];
  const asSource: OfField = (field) => ({ field, as: { kind: "source" } });
  return [asSource, asSource];
}

/** A text as it was given. One of a few values is stored in one spelling. */
function exactSide({ given }: TextOperand): OfField {
  if (given === undefined) return (field) => ({ field });
  const { path, key } = given;
  return ({ attribute, scope, set }) => ({
    field: { attribute, scope, path, ...(set === undefined ? {} : { set }) },
    as: { kind: "exact", ...(key === undefined ? {} : { key }) },
  });
}

/** What parts are looked for in, or are: of a country, its name as it was given. */
export function storedSide({ type, given }: TextOperand): OfField {
  if (type !== "country" || given === undefined) return (field) => ({ field });
  return (field) => ({ field, as: { kind: "imported", path: given.path } });
}

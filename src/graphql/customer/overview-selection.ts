// Whether a request selects only what the overviews of customers hold, so that the whole documents are not read.
import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

/** Fields by name, with the fields that may be selected of them; `true` for any. */
interface Fields {
  readonly [name: string]: Fields | true;
}

/** The fields of `Customer` that an overview answers as the whole document does. */
const overviewFields: Fields = {
  __typename: true,
  id: true,
  sourceId: true,
  name: true,
  email: true,
  address: { __typename: true, country: true, countryCode: true },
  createdAt: true,
  ordersCount: true,
  ordersTotalAmount: true,
  lastOrderAt: true,
};

const connectionFields: Fields = {
  __typename: true,
  nodes: overviewFields,
  edges: { __typename: true, cursor: true, node: overviewFields },
  pageInfo: true,
  totalCount: true,
};

/** Results by a field's list of nodes, which the plan of a repeated request keeps. */
const known = new WeakMap<readonly FieldNode[], boolean>();

/** True if a field that returns a page of customers selects only fields of overviews. */
export function selectsOverviews({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const found = known.get(fieldNodes);
  if (found !== undefined) return found;
  const result = fieldNodes.every(({ selectionSet }) => isWithin(selectionSet, connectionFields, fragments));
  known.set(fieldNodes, result);
  return result;
}

function isWithin(
  selected: SelectionSetNode | undefined,
  fields: Fields,
  fragments: GraphQLResolveInfo["fragments"],
): boolean {
  if (selected === undefined) return true;
  return selected.selections.every((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return isWithin(selection.selectionSet, fields, fragments);
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      return isWithin(fragments[selection.name.value]?.selectionSet, fields, fragments);
    const { name, selectionSet } = selection;
    const below = Object.hasOwn(fields, name.value) ? fields[name.value] : undefined;
    return below === true || (below !== undefined && isWithin(selectionSet, below, fragments));
  });
}

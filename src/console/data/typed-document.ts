// An operation with the types of its answer and of its variables, as each generated module has them.
import type { DocumentTypeDecoration } from "@graphql-typed-document-node/core";

export interface TypedDocument<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  /** The operation's text. */
  toString(): string;
}

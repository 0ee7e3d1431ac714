// An operation, as all modules of operations have it.
import type { DocumentTypeDecoration } from "@graphql-typed-document-node/core";

/** An operation with the types of its answer and of its variables, as each generated module has them. */
export interface TypedDocument<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  /** The operation's text. */
  toString(): string;
}

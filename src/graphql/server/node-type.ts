// The interface of everything that has a global id.
import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", { description: "An object with a global id." })
export abstract class NodeType {
  @Field(() => ID, { description: "Global id: opaque, unique across types and projects, and stable." })
  readonly id!: string;
}

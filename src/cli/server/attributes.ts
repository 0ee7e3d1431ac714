// Attributes by expression on a server: defined, renamed and removed by the API's mutations.
import { refuseUserErrors, type ServerClient, type UserError } from "./client.js";

/** How the members of one segment would change. */
interface Impact {
  readonly segment: { readonly name: string };
  readonly before: number;
  readonly after: number;
  readonly entering: number;
  readonly leaving: number;
}

/** How another expression would change the segments that depend on an attribute. @throws ServerRefusal. */
export async function impactOnServer(
  { ask }: ServerClient,
  name: string,
  expression: string,
): Promise<readonly Impact[]> {
  const { attributeImpact } = await ask<{ attributeImpact: readonly Impact[] }>(
    `query ($name: String!, $expression: String!) { attributeImpact(name: $name, expression: $expression) {
      segment { name } before after entering leaving } }`,
    { name, expression },
  );
  return attributeImpact;
}

/** Defines an attribute, or gives it another expression. @throws ServerRefusal if the server refuses it. */
export function defineAttributeOnServer(
  client: ServerClient,
  name: string,
  expression: string,
): Promise<void> {
  return changeOnServer(client, "attributeDefine", "AttributeDefineInput", { name, expression });
}

/** Renames an attribute, also where it is used. @throws ServerRefusal if the server refuses it. */
export function renameAttributeOnServer(client: ServerClient, name: string, newName: string): Promise<void> {
  return changeOnServer(client, "attributeRename", "AttributeRenameInput", { name, newName });
}

/** Removes an attribute that nothing uses. @throws ServerRefusal if the server refuses it. */
export function removeAttributeOnServer(client: ServerClient, name: string): Promise<void> {
  return changeOnServer(client, "attributeRemove", "AttributeRemoveInput", { name });
}

/** Runs a mutation that changes the project's definition. @throws ServerRefusal if the server refuses it. */
export async function changeOnServer(
  { ask }: ServerClient,
  mutation: string,
  type: string,
  input: object,
): Promise<void> {
  const answer = await ask<Record<string, { readonly userErrors: readonly UserError[] }>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message } } }`,
    { input },
  );
  refuseUserErrors(answer[mutation]!.userErrors);
}

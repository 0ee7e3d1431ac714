// The tokens are a valid definition of a lexer, and the characters that each says it can start with lack none.
import { expect, it } from "vitest";
import { createLexer } from "../../grammar/parser/tokens.js";

it("the lexer's definition has no error", () => {
  expect(createLexer({ skipValidations: false }).lexerDefinitionErrors).toEqual([]);
});

it("the lexer splits a text that begins with any character as one without hints does", () => {
  const hinted = createLexer({ ensureOptimizations: true, skipValidations: true });
  const careful = createLexer({ safeMode: true });
  const split = (lexer: typeof hinted, text: string) =>
    lexer.tokenize(text).tokens.map(({ image, tokenType }) => `${tokenType.name} ${image}`);
  const different = Array.from({ length: 0x10000 }, (_, code) => `a ${String.fromCharCode(code)}=b'`).filter(
    (text) => split(hinted, text).join() !== split(careful, text).join(),
  );
  expect(different).toEqual([]);
});

// The mistake value-with-and: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "country is Trinidad and Tobago",
    code: "VALUE_NEEDS_QUOTES",
    message:
      '`Trinidad and Tobago` has a connective in it, so it goes between quotes: `"Trinidad and Tobago"`.',
    mended: 'country is "Trinidad and Tobago"',
  },
  {
    written: "country is Bosnia and Herzegovina",
    code: "VALUE_NEEDS_QUOTES",
    message:
      '`Bosnia and Herzegovina` has a connective in it, so it goes between quotes: `"Bosnia and Herzegovina"`.',
    mended: 'country is "Bosnia and Herzegovina"',
  },
  {
    written: "country is not Antigua and Barbuda",
    code: "VALUE_NEEDS_QUOTES",
    message:
      '`Antigua and Barbuda` has a connective in it, so it goes between quotes: `"Antigua and Barbuda"`.',
    mended: 'country is not "Antigua and Barbuda"',
  },
]);

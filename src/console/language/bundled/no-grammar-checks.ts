// Replaces Chevrotain's checks of a grammar in bundles: the parser skips them (`skipValidations`), in a browser as elsewhere.
const nothingWrong = (): readonly never[] => [];

export {
  nothingWrong as validateAmbiguousAlternationAlternatives,
  nothingWrong as validateEmptyOrAlternative,
  nothingWrong as validateGrammar,
  nothingWrong as validateLookahead,
  nothingWrong as validateNoLeftRecursion,
  nothingWrong as validateRuleIsOverridden,
  nothingWrong as validateSomeNonEmptyLookaheadPath,
};

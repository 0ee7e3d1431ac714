// Stands for Chevrotain's messages in bundles: the parser words its own.
const noMessage = (): string => "";

export const defaultParserErrorProvider = {
  buildMismatchTokenMessage: noMessage,
  buildNotAllInputParsedMessage: noMessage,
  buildNoViableAltMessage: noMessage,
  buildEarlyExitMessage: noMessage,
};

export const defaultGrammarResolverErrorProvider = { buildRuleNotFoundError: noMessage };

/** Of the checks that bundles leave out. */
export const defaultGrammarValidatorErrorProvider = {};

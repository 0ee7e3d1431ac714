// Stands for Chevrotain's visitors of syntax trees in bundles: the parser makes its own trees, and none of Chevrotain's.
const noVisitor = (): never => {
  throw new Error("The parser makes no trees of Chevrotain's that could be visited.");
};

export {
  noVisitor as createBaseSemanticVisitorConstructor,
  noVisitor as createBaseVisitorConstructorWithDefaults,
};

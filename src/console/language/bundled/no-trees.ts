// Stands for Chevrotain's syntax trees in bundles: the parser makes its own trees, and none of Chevrotain's.
interface Parser {
  CST_STACK: readonly object[];
  outputCst: boolean;
}

/** Chevrotain copies the methods into its parser. */
export class TreeBuilder {
  initTreeBuilder(this: Parser): void {
    this.CST_STACK = [];
    this.outputCst = false;
  }

  cstInvocationStateUpdate(): void {}
  cstFinallyStateUpdate(): void {}
  cstPostTerminal(): void {}
  cstPostNonTerminal(): void {}
}

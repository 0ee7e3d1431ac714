// Stands for Chevrotain's content assist in bundles, which completion does not use: it follows the grammar's own walk.
export class ContentAssist {
  initContentAssist(): void {}
}

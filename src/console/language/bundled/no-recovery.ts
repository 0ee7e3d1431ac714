// Stands for Chevrotain's recovery from errors in bundles: the parser ends at the first error, which it reports itself.
interface Parser {
  recoveryEnabled: boolean;
  resyncFollows: object;
}

export const IN_RULE_RECOVERY_EXCEPTION = "InRuleRecoveryException";

/** Chevrotain copies the methods into its parser. */
export class Recoverable {
  initRecoverable(this: Parser): void {
    this.recoveryEnabled = false;
    this.resyncFollows = {};
  }

  attemptInRepetitionRecovery(): void {}
}

// API keys as commands show them.

/** A key as the list shows it. */
export interface ShownKey {
  readonly key_id: string;
  readonly name: string;
  readonly scope: string;
  readonly created_at: Date;
  readonly expires_at?: Date | undefined;
  readonly revoked_at?: Date | undefined;
  readonly last_used_at?: Date | undefined;
}

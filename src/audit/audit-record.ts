/** What is written of an act. Ids, codes and figures only: never names, account numbers or secrets. */
export interface AuditRecord {
  readonly actor: {
    readonly kind: 'user' | 'api-key' | 'system';
    readonly id: string;
    readonly name: string;
  };
  /** Past tense, by the thing acted on: `batch.proposed`, `api-key.revoked`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly detail?: Readonly<Record<string, unknown>>;
}

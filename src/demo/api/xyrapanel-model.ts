/** A row of the account's sessions; expired rows stay until a prune task runs. */
export type XyrapanelSession = {
  /** The only id there is, and a live credential. */
  token: string;
  /** When it really began; no answer ever tells it. */
  createdAtMs: number;
  expiresAtMs: number;
  /** As stored; null is told as `"Unknown"`. IPv6 is a written-out /64. */
  ipAddress: string | null;
  userAgent: string | null;
  /** Filled by a cookie GET on the row of that cookie, and told of no other row. */
  seen: { firstMs: number; lastMs: number; fingerprint: string } | null;
};

export type XyrapanelApiKey = {
  readonly key: string;
  /** Verifications per 24 h, default 10; a GET takes 2 of them and a DELETE 4. */
  readonly verifications?: number;
};

export type XyrapanelLies = {
  /** `issuedAt` is `expiresAt` minus 30 days, though sessions live 14. */
  inventedIssuedAt: boolean;
  /** The sort column is NULL in every row: each answer comes in another order. */
  unstableOrder: boolean;
  /** "Delete all" answers `revoked: 1` and deletes nothing. */
  deleteAllDeletesNothing: boolean;
  /** DELETE of an unknown token answers like a real one. */
  unknownTokenSucceeds: boolean;
  /** `currentSessionRevoked` is false when the own session was ended, and true when nothing was. */
  wrongCurrentFlag: boolean;
  /** An exhausted key answers 401 instead of 429. */
  quotaAnswers401: boolean;
  /** A cookie GET rewrites last-seen, address and user agent of the row it comes from. */
  ownRowRewritten: boolean;
  /** The `session_data` cookie passes for 5 minutes, whatever happened to the session. */
  cookieCachePasses: boolean;
};

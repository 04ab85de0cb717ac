/** A row of the session table; expired rows stay in it. */
export type BetterAuthSession = {
  id: string;
  /** The live credential: with the bearer plugin it signs in as it is. */
  token: string;
  userId: string;
  createdAtMs: number;
  /** Moves only at a refresh, once a day. */
  updatedAtMs: number;
  expiresAtMs: number;
  /** As stored: `""` for several hops, IPv6 as a written-out /64. */
  ipAddress: string;
  userAgent: string;
  impersonatedBy: string | null;
};

export type BetterAuthUser = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: 'admin' | 'user';
  banned: boolean;
  createdAtMs: number;
};

export type BetterAuthLies = {
  /** Revoking an unknown, foreign or already revoked token, or an id instead of it, answers success. */
  silentNoOps: boolean;
  /** Administrators' listings contain expired rows. */
  listsExpired: boolean;
};

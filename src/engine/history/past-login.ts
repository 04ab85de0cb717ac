import type { EventOutcome } from '../../contract/event.ts';
import type { NetworkKind } from '../../contract/place.ts';
import type { RejectedRow } from '../source/source.ts';
import type { Place } from '../whereabouts.ts';

/** One line of a login history, as it was understood; unknown is null. What is labelled in a file stays there. */
export type PastLogin = {
  /** Its number in the file, from 1. */
  readonly line: number;
  readonly atMs: number;
  readonly user: { readonly id: string; readonly name: string | null };
  readonly outcome: EventOutcome;
  /** As the file says; normalising is the enricher's work. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** As the file says: hashed before it is stored. */
  readonly sessionId: string | null;
  /** As the file says: hashed before it is stored. */
  readonly deviceToken: string | null;
  /** Taken whole, never mixed with a database's. */
  readonly place: Place | null;
  /** What is null here may come from a database. */
  readonly network: {
    readonly asn: number | null;
    readonly org: string | null;
    readonly kinds: readonly NetworkKind[] | null;
  };
  /** The user stands for many people whose names are not known: nothing follows from what they have in common. */
  readonly isCrowd: boolean;
};

/** What a few lines that follow each other came to. */
export type PastLogins = {
  readonly logins: readonly PastLogin[];
  /** `index` is the line's number in the file, from 1. */
  readonly rejected: readonly RejectedRow[];
};

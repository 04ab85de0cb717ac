import type { SessionFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import type { Point } from './globe.ts';
import type { LineKind } from './networks.ts';

export const attackKinds = [
  'impossible-journey',
  'naive',
  'vpn-in-country',
  'targeted',
  'residential-proxy',
  'cookie-theft',
  'dormant-takeover',
  'slow-spray',
  'stuffing',
] as const;
export type AttackKind = (typeof attackKinds)[number];

export type Attack = { readonly id: string; readonly kind: AttackKind };

/** What is true about a sighting; no detector gets to see it. */
export type Truth = {
  readonly atMs: number;
  readonly point: Point;
  /** The line lets traffic out where the person is, so that a perfect database would have the point right. */
  readonly isLocal: boolean;
  readonly line: LineKind;
  /** The attack it is part of; null: benign. */
  readonly attack: string | null;
};

/** Everything about one account. */
export type History = {
  readonly userId: string;
  readonly userName: string;
  /** What makes it hard, for the table of false alarms: `traveller`, `VPN user`, `robot`. */
  readonly traits: readonly string[];
  /** Sorted by time, then id. */
  readonly sightings: readonly Sighting[];
  readonly truths: ReadonlyMap<string, Truth>;
  /** Those that the source lists when the company stops being watched. */
  readonly sessions: readonly SessionFacts[];
  readonly attacks: readonly Attack[];
};

import { isCleanUp } from '../../src/engine/detect/clean-up.ts';
import type { PersonFacts } from '../../src/engine/detect/facts.ts';
import type { Severity } from '../../src/contract/rules.ts';
import type { Groupable } from '../../src/engine/detect/incident.ts';

/** What a detector says about some sightings. */
export type Alert = {
  /** The rule's id; of a peer with one rule its name. */
  readonly rule: string;
  readonly severity: Severity;
  /** `open` alerts an analyst; the others are kept and alert nobody. */
  readonly state: 'open' | 'learning' | 'suppressed';
  /** When it is known: the time of the later sighting. */
  readonly atMs: number;
  /** 0 to 100. */
  readonly score: number;
  /** Ids of the sightings it is about, the one that set it off last. */
  readonly sightings: readonly string[];
  /** Our own finding, as the product groups it; null of a peer's, which is read off its last sighting. */
  readonly finding: Groupable | null;
};

/** Something that is compared: our rules, or a peer's rule written anew from what is published about it. */
export type Detector = {
  readonly name: string;
  /** Where its thresholds come from. */
  readonly source: string;
  /** Sees what the product sees of one person, never the truth. */
  judge(facts: PersonFacts): readonly Alert[];
};

/** Whether it calls for an analyst: open, more than a remark, and no list to clean up. */
export function isAlarm(alert: Alert): boolean {
  return alert.state === 'open' && alert.severity !== 'info' && !isTidying(alert);
}

/** Whether it is about tidiness and tells of nobody's attack, even where an attacker's session is on the list. */
export function isTidying({ finding }: Alert): boolean {
  return finding !== null && isCleanUp(finding.rule);
}

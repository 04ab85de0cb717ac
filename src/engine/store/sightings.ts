import type { PersonFacts } from '../detect/facts.ts';
import { inOrder, type StoredSighting } from './stored-sighting.ts';

/**
 * Sightings of one person that the rules look at, at most: the newest. Some thousand a day for half a year, which only
 * accounts have that many machines share; twice as many, with what belongs to them, take some 80 MB.
 */
const MAX_SIGHTINGS = 200_000;

/** Collects the sightings of one person, from `sinceMs` on, and of too many keeps the newest. */
export class Sightings {
  #kept: StoredSighting[] = [];
  #sinceMs: number;
  #isCut = false;

  constructor(sinceMs: number) {
    this.#sinceMs = sinceMs;
  }

  add(sighting: StoredSighting): void {
    if (sighting.toMs < this.#sinceMs) return;
    this.#kept.push(sighting);
    if (this.#kept.length >= 2 * MAX_SIGHTINGS) this.#cut();
  }

  /** Whether anything was before that moment. */
  reachesBackTo(atMs: number): boolean {
    return this.#kept.some(({ toMs }) => toMs < atMs);
  }

  inOrder(): Pick<PersonFacts, 'cutBeforeMs'> & { readonly sightings: readonly StoredSighting[] } {
    if (this.#kept.length > MAX_SIGHTINGS) this.#cut();
    const sightings = this.#kept.sort(inOrder);
    return this.#isCut ? { sightings, cutBeforeMs: this.#sinceMs } : { sightings };
  }

  #cut(): void {
    this.#kept = this.#kept.sort(inOrder).slice(-MAX_SIGHTINGS);
    this.#sinceMs = this.#kept[0]?.toMs ?? this.#sinceMs;
    this.#isCut = true;
  }
}

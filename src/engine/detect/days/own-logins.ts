import type { FeatureCounts, FreemanCounts, LevelCount } from '../freeman.ts';
import type { Sighting } from '../facts.ts';
import type { Background, Counted } from '../organisation.ts';
import { defaultSettings } from '../settings.ts';
import { countedValue } from './tally.ts';

/** The two features of the Freeman score with their levels, the finest first. */
export const freemanLevels = {
  ip: ['ip', 'asn', 'country'],
  agent: ['agent', 'browser', 'os', 'device'],
} as const satisfies Record<string, readonly Counted[]>;

const levels = [...freemanLevels.ip, ...freemanLevels.agent];
const { weights } = defaultSettings.unlikely;
const { lookBackMs } = defaultSettings.learning;
const NOBODY: Background = { logins: 0, users: 1, count: () => 0, distinct: () => 0, unlikelyFrom: null };

type Keys = readonly string[];

/**
 * The logins of one user in time order, counted as a walk along them goes: at each, what the user did in the look-back
 * strictly before it. O(1) a login.
 */
export class OwnLogins {
  readonly #logins: readonly Sighting[];
  readonly #keys: (Keys | undefined)[] = [];
  readonly #counts: readonly Map<string, number>[] = levels.map(() => new Map<string, number>());
  #first = 0;
  #end = 0;

  constructor(logins: readonly Sighting[]) {
    this.#logins = logins;
  }

  /** What the login at this place is compared with; to be called with rising places. Null for a first login. */
  before(place: number): OwnCounts | null {
    const login = this.#logins[place];
    if (login === undefined) return null;
    for (; (this.#logins[this.#end]?.toMs ?? Infinity) < login.toMs; this.#end += 1)
      this.#count(this.#end, 1);
    for (; (this.#logins[this.#first]?.toMs ?? Infinity) < login.toMs - lookBackMs; this.#first += 1) {
      this.#count(this.#first, -1);
      this.#keys[this.#first] = undefined;
    }
    const ownLogins = this.#end - this.#first;
    return ownLogins === 0 ? null : new OwnCounts(ownLogins, this.#keysOf(place), this.#counts);
  }

  #count(place: number, step: 1 | -1): void {
    const keys = this.#keysOf(place);
    for (let level = 0; level < levels.length; level += 1) {
      const counts = this.#counts[level];
      const key = keys[level] ?? '';
      const count = (counts?.get(key) ?? 0) + step;
      if (count === 0) counts?.delete(key);
      else counts?.set(key, count);
    }
  }

  #keysOf(place: number): Keys {
    const known = this.#keys[place];
    if (known !== undefined) return known;
    const login = this.#logins[place];
    const keys = login === undefined ? [] : levels.map((level) => countedValue(level, login));
    this.#keys[place] = keys;
    return keys;
  }
}

/** The user's side of a score; to be used before the walk goes on. */
export class OwnCounts {
  readonly ownLogins: number;
  readonly #keys: Keys;
  readonly #counts: readonly ReadonlyMap<string, number>[];

  constructor(ownLogins: number, keys: Keys, counts: readonly ReadonlyMap<string, number>[]) {
    this.ownLogins = ownLogins;
    this.#keys = keys;
    this.#counts = counts;
  }

  /** As much as the user's own logins tell, for ruling most logins out before everybody's are looked at. */
  alone(background: Pick<Background, 'logins' | 'users'>): FreemanCounts {
    return this.against({ ...NOBODY, logins: background.logins, users: background.users });
  }

  /** With what everybody did. What is not known counts as a value of its own. */
  against(background: Background): FreemanCounts {
    return {
      ownLogins: this.ownLogins,
      allLogins: background.logins,
      users: background.users,
      features: [
        this.#feature(background, 0, freemanLevels.ip, weights.ip),
        this.#feature(background, freemanLevels.ip.length, freemanLevels.agent, weights.agent),
      ],
    };
  }

  #feature(
    background: Background,
    offset: number,
    names: readonly Counted[],
    featureWeights: readonly number[],
  ): FeatureCounts {
    const counts = names.map((name, level): LevelCount => {
      const key = this.#keys[offset + level] ?? '';
      return { own: this.#counts[offset + level]?.get(key) ?? 0, all: background.count(name, key) };
    });
    const kinds = names.slice(1).reduce((sum, name) => sum + background.distinct(name), 1);
    return { levels: counts, weights: featureWeights, kinds };
  }
}

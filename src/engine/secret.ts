import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A live credential: kept in memory, shown as `[secret]` by every way of printing it. `reveal()` is called
 * at the one place that puts it on the wire, and nowhere else.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** Last 4 characters, for recognising it; empty when it is so short that 4 would give it away. */
  hint(): string {
    return hintOf(this.#value);
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** The last 4 characters of an id; fewer characters are shown only of ids that are no secret by length. */
export function hintOf(id: string): string {
  return id.length >= 8 ? id.slice(-4) : '';
}

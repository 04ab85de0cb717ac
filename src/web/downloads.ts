import { newToken } from './admission.ts';

const LIFETIME_MS = 10 * 60_000;
const MAX_OPEN = 100;

/** One-time addresses of files that the engine wrote for this browser; nothing else can be downloaded. */
export class Downloads {
  readonly #now: () => number;
  readonly #open = new Map<string, { readonly path: string; readonly untilMs: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Offers a file for ten minutes and answers its address, relative to the host. */
  offer(path: string): string {
    const oldest = this.#open.keys().next();
    if (this.#open.size >= MAX_OPEN && oldest.done !== true) this.#open.delete(oldest.value);
    const id = newToken();
    this.#open.set(id, { path, untilMs: this.#now() + LIFETIME_MS });
    return `/download/${id}`;
  }

  /** The file behind an address, once; null when there is none, it was fetched before, or its time is over. */
  take(id: string): string | null {
    const file = this.#open.get(id);
    this.#open.delete(id);
    return file === undefined || file.untilMs < this.#now() ? null : file.path;
  }
}

import type { Capabilities, SourceConfig } from '../../contract/source.ts';

/** Between two polls of a source whose configuration doesn't say, in milliseconds (chosen: fresh enough to respond, far below every documented budget). */
const DEFAULT_POLL_MS = 60_000;
/** Longest a failing source is left alone, unless it asked for longer, in milliseconds. */
const MAX_BACK_OFF_MS = 3_600_000;

/** How long between two polls while all is well: what is configured, but never below the kind's shortest. */
export function pollEveryMs(config: SourceConfig, capabilities: Capabilities): number {
  const wanted = config.pollEverySeconds === undefined ? DEFAULT_POLL_MS : config.pollEverySeconds * 1000;
  return Math.max(wanted, capabilities.minPollMs ?? 0);
}

/**
 * When to try again after `failures` failed sweeps in a row: doubling, capped at an hour, jittered by a tenth so
 * that sources which failed together don't return together; never earlier than the source asked for.
 */
export function backOffMs(
  everyMs: number,
  failures: number,
  retryAfterMs: number | null,
  random: number,
): number {
  const doubled = Math.max(everyMs, Math.min(everyMs * 2 ** Math.min(failures, 16), MAX_BACK_OFF_MS));
  const jittered = doubled * (0.9 + 0.2 * random);
  return Math.round(Math.max(jittered, retryAfterMs ?? 0));
}

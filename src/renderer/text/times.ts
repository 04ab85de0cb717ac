import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);

/** The analyst's zone, as an IANA name. */
export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `2026-11-21 06:51` in the analyst's zone; seconds where they matter. */
export function localTime(instant: string, withSeconds = false): string {
  return dayjs(instant).format(withSeconds ? 'YYYY-MM-DD HH:mm:ss' : 'YYYY-MM-DD HH:mm');
}

/** `2026-11-21 05:51:00 UTC`. */
export function utcTime(instant: string): string {
  return `${dayjs.utc(instant).format('YYYY-MM-DD HH:mm:ss')} UTC`;
}

/** `3 h ago`, `in 14 d`, `just now`: short enough for a column. */
export function relative(instant: string, nowMs: number): string {
  const ms = Date.parse(instant) - nowMs;
  const length = coarse(Math.abs(ms));
  if (length === null) return ms <= 0 ? 'just now' : 'in a moment';
  return ms < 0 ? `${length} ago` : `in ${length}`;
}

/** One unit, rounded down: `59 min`, `3 h`, `12 d`, `5 months`; null below a minute. */
function coarse(ms: number): string | null {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return null;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h`;
  const days = Math.floor(hours / 24);
  if (days < 91) return `${days} d`;
  return days < 730 ? `${Math.floor(days / 30.44)} months` : `${Math.floor(days / 365.25)} years`;
}

/** A length of time in the two largest units: `3 h 20 min`, `2 d 4 h`, `45 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

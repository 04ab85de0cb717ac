import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(relativeTime);

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

/** `3 hours ago`, `in 2 days`. */
export function relative(instant: string, nowMs: number): string {
  return dayjs(instant).from(dayjs(nowMs));
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

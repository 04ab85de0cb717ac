import zoneAt from '@photostructure/tz-lookup';

const DAY_MS = 86_400_000;
/** Days remembered of a zone before all are forgotten: more than anybody is judged over, and no far side's moments can fill memory. */
const MAX_DAYS = 10_000;

/** What the clocks of a time zone show. */
export type TimeZone = {
  /** By its IANA name, `Asia/Kolkata`. */
  readonly name: string;
  /** Milliseconds by which they are ahead of UTC at a moment, summer time included. */
  offsetMs(atMs: number): number;
};

/**
 * The time zone at coordinates in degrees; null where they are none, or where this runtime's calendar knows no such zone. From a coarse
 * map: by the library's own count a tenth of inhabited places get a neighbouring zone, half of them with the same clocks.
 */
export function timeZoneAt(lat: number, lon: number): TimeZone | null {
  const name = nameAt(lat, lon);
  if (name === null) return null;
  const known = zones.get(name);
  if (known !== undefined) return known;
  const made = timeZone(name);
  zones.set(name, made);
  return made;
}

/** By name: there are some four hundred. */
const zones = new Map<string, TimeZone | null>();

function nameAt(lat: number, lon: number): string | null {
  try {
    return zoneAt(lat, lon);
  } catch {
    return null;
  }
}

function timeZone(name: string): TimeZone | null {
  const read = offsetReader(name);
  if (read === null) return null;
  const days = new Map<number, number | null>();
  return {
    name,
    offsetMs(atMs) {
      const day = Math.floor(atMs / DAY_MS);
      let ofDay = days.get(day);
      if (ofDay === undefined) {
        if (days.size >= MAX_DAYS) days.clear();
        ofDay = offsetOfDay(day, read);
        days.set(day, ofDay);
      }
      return ofDay ?? read(atMs);
    },
  };
}

/** Null for a day (UTC) on which clocks are changed: asking the calendar costs some microseconds, and few days are such. */
function offsetOfDay(day: number, read: (atMs: number) => number): number | null {
  const atFirst = read(day * DAY_MS);
  return atFirst === read((day + 1) * DAY_MS) ? atFirst : null;
}

function offsetReader(name: string): ((atMs: number) => number) | null {
  const format = formatOf(name);
  if (format === null) return null;
  return (atMs) => {
    const part = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName');
    const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(part?.value ?? '') ?? [];
    if (sign === undefined) return 0;
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}

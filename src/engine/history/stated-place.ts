import { placeOf } from '../enrich/place.ts';
import { MAX_TEXT, textOrNull } from '../source/rows.ts';
import type { Place } from '../whereabouts.ts';

/**
 * The place that a line of a file gives, by the same rules as a record of a database: coordinates that are nowhere on Earth
 * are left out, and what was named stays. Null when the line names none.
 */
export function statedPlace(line: Readonly<Partial<Record<keyof Place, unknown>>>): Place | null {
  const names = {
    country_code: nameOf(line.country)?.toUpperCase(),
    region: nameOf(line.region),
    city: nameOf(line.city),
  };
  const whole = placeOf({
    ...names,
    latitude: line.lat,
    longitude: line.lon,
    accuracy_radius: line.accuracyKm,
  });
  const place = whole.kind === 'broken' ? placeOf(names) : whole;
  return place.kind === 'value' ? place.value : null;
}

function nameOf(value: unknown): string | null {
  return textOrNull(value, MAX_TEXT.place);
}

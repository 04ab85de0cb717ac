import { assume } from './assumptions.ts';
import type { Chance } from './chance.ts';
import { cities, citiesOf, type City } from './cities.ts';
import { DAY_MS, HOUR_MS } from './clock.ts';
import { distanceKm, pointAt, type Point } from './globe.ts';

/** A time away from home, with the way there and back; nobody is faster than their flight. */
export type Trip = {
  readonly to: City;
  /** The hotel. */
  readonly point: Point;
  readonly departMs: number;
  readonly arriveMs: number;
  readonly leaveMs: number;
  readonly backMs: number;
  readonly isFlight: boolean;
  readonly isHoliday: boolean;
};

export type TripWish = { readonly isTraveller: boolean; readonly isHolidayMaker: boolean };

/** The trips of a person between two moments, in order and apart from each other. */
export function tripsOf(
  home: City & { readonly point: Point },
  wish: TripWish,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  chance: Chance,
): readonly Trip[] {
  const trips: Trip[] = [];
  const meanGapMs = (30 / assume.people.tripsInAMonth) * DAY_MS;
  if (wish.isTraveller) {
    for (let departMs = fromMs + chance.exponential(meanGapMs); departMs < toMs;) {
      const trip = tripAt(home, departMs, chance.between(1, 5) * DAY_MS, false, chance);
      trips.push(trip);
      departMs = trip.backMs + DAY_MS + chance.exponential(meanGapMs);
    }
  }
  if (wish.isHolidayMaker) {
    const departMs = fromMs + chance.next() * (toMs - fromMs);
    const holiday = tripAt(home, departMs, chance.between(5, 14) * DAY_MS, true, chance);
    const isFree = trips.every(
      ({ departMs: from, backMs }) => backMs < holiday.departMs || from > holiday.backMs,
    );
    if (isFree) trips.push(holiday);
  }
  return trips.sort((a, b) => a.departMs - b.departMs);
}

function tripAt(
  home: City & { readonly point: Point },
  departMs: number,
  stayMs: number,
  isHoliday: boolean,
  chance: Chance,
): Trip {
  const isAbroad = chance.happens(0.6);
  const others = (isAbroad ? cities : citiesOf(home.country)).filter((city) => distanceKm(city, home) > 50);
  const to = chance.pick(others.length === 0 ? cities.filter((city) => distanceKm(city, home) > 50) : others);
  const point = pointAt(to, chance.between(0, 2 * Math.PI), chance.between(0, 8));
  const km = distanceKm(home.point, point);
  const arriveMs = departMs + travelMs(km, chance);
  const leaveMs = arriveMs + stayMs;
  const backMs = leaveMs + travelMs(km, chance);
  return { to, point, departMs, arriveMs, leaveMs, backMs, isFlight: isFlight(km), isHoliday };
}

function isFlight(km: number): boolean {
  return km >= assume.flight.fromKm;
}

/** From door to door, at the fastest (detections 7.5). */
function travelMs(km: number, chance: Chance): number {
  const { cruiseKmPerHour, groundHours, groundKmPerHour } = assume.flight;
  const hours = isFlight(km) ? km / chance.between(...cruiseKmPerHour) + groundHours : km / groundKmPerHour;
  return hours * HOUR_MS;
}

import { describe, expect, it } from 'vitest';
import { impossibleJourneys } from '../impossible.ts';
import { assume } from './assumptions.ts';
import { createCompany, type CompanyWish } from './company.ts';
import { distanceKm } from './globe.ts';
import { attackKinds, type History } from './history.ts';

const HOUR = 3_600_000;

const wish: CompanyWish = { seed: 7, profile: 'employee', users: 120, days: 40, attacked: 1 };

const employees = [...createCompany(wish).histories()];
const consumers = [...createCompany({ ...wish, profile: 'consumer', users: 400, days: 90 }).histories()];
const everybody = [...employees, ...consumers];

describe('a made-up company', () => {
  it('is the same for the same seed, and another one for another', () => {
    const again = [...createCompany(wish).histories()];
    const other = [...createCompany({ ...wish, seed: 8 }).histories()];

    expect(again).toEqual(employees);
    expect(other[0]?.sightings).not.toEqual(employees[0]?.sightings);
  });

  it('hands out sightings in order, each with its own id and a truth apart from it', () => {
    for (const { sightings, truths } of everybody) {
      const keys = sightings.map(({ toMs, id }) => [toMs, id] as const);
      expect(keys).toEqual(keys.toSorted(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)));
      expect(new Set(truths.keys())).toEqual(new Set(sightings.map(({ id }) => id)));
    }
  });

  it('tells nothing of an attack in what a detector gets to see', () => {
    for (const { sightings, attacks } of everybody) {
      // A kind of network has the name of a kind of attack.
      const seen = JSON.stringify(
        sightings.map((sighting) => ({ ...sighting, network: sighting.network?.org })),
      );
      const words = [...attackKinds, ...attacks.map(({ id }) => id), 'attack'];
      expect(words.filter((word) => seen.includes(word))).toEqual([]);
      for (const { network } of sightings) expect(network?.org).toMatch(/^Network \d+$/);
    }
  });

  it('labels exactly the sightings of its attacks', () => {
    for (const { attacks, truths } of everybody) {
      const labels = new Set([...truths.values()].flatMap(({ attack }) => attack ?? []));
      expect(labels).toEqual(new Set(attacks.map(({ id }) => id)));
    }
  });

  it('has every kind of attack', () => {
    const kinds = new Set(everybody.flatMap(({ attacks }) => attacks.map(({ kind }) => kind)));

    expect(kinds).toEqual(new Set(attackKinds));
  });

  it('lets nobody honest travel faster than a flight', () => {
    for (const history of everybody) {
      for (const [before, after] of honestSteps(history)) {
        const hours = (after.atMs - before.atMs) / HOUR;
        // What one goes about in a city takes no time here.
        const reach = 45 + assume.flight.cruiseKmPerHour[1] * hours;
        expect(distanceKm(before.point, after.point)).toBeLessThanOrEqual(reach);
      }
    }
  });

  it('adds two hours on the ground to every flight', () => {
    const flights = everybody.flatMap(honestSteps).flatMap(([before, after]) => {
      const km = distanceKm(before.point, after.point);
      return km < 500
        ? []
        : [(after.atMs - before.atMs) / HOUR - (km - 45) / assume.flight.cruiseKmPerHour[1]];
    });

    expect(flights.length).toBeGreaterThan(10);
    expect(Math.min(...flights)).toBeGreaterThanOrEqual(assume.flight.groundHours);
  });

  it('makes the impossible journeys impossible, by true positions and times', () => {
    const meant = everybody.flatMap((history) => {
      const journeys = impossibleJourneys(history);
      return history.attacks
        .filter(({ kind }) => kind === 'impossible-journey')
        .map(({ id }) => journeys.get(id)?.kmPerHour ?? 0);
    });

    expect(meant.length).toBeGreaterThan(30);
    expect(Math.min(...meant)).toBeGreaterThan(1000);
  });

  it('never calls what hides behind a VPN, a proxy or a carrier an impossible journey', () => {
    for (const history of everybody) {
      for (const id of impossibleJourneys(history).keys()) {
        const own = [...history.truths.values()].filter(({ attack }) => attack === id);
        expect(own.some(({ isLocal }) => isLocal)).toBe(true);
      }
    }
  });

  it('goes on with the very session that is stolen, from another machine', () => {
    const thefts = everybody.flatMap(({ attacks, sightings, truths }) =>
      attacks
        .filter(({ kind }) => kind === 'cookie-theft')
        .map(({ id }) => ({
          stolen: sightings.filter((sighting) => truths.get(sighting.id)?.attack === id),
          honest: sightings.filter((sighting) => truths.get(sighting.id)?.attack === null),
        })),
    );

    expect(thefts.length).toBeGreaterThan(10);
    for (const { stolen, honest } of thefts) {
      const start = honest.find(
        ({ kind, sessionKey }) => kind === 'start' && sessionKey === stolen[0]?.sessionKey,
      );
      expect(start?.userAgent).not.toBe(stolen[0]?.userAgent);
      expect(start?.toMs).toBeLessThan((stolen[0]?.toMs ?? 0) - assume.attack.afterHours[0] * HOUR + 1);
    }
  });

  it('strikes two to seventy-two hours after a real login', () => {
    for (const { attacks, sightings, truths } of everybody) {
      for (const { id, kind } of attacks) {
        if (kind !== 'naive' && kind !== 'vpn-in-country' && kind !== 'targeted') continue;
        const strike = sightings.find((sighting) => truths.get(sighting.id)?.attack === id)?.toMs ?? 0;
        const waits = sightings
          .filter((s) => s.kind === 'login' && s.outcome === 'success' && truths.get(s.id)?.attack === null)
          .map(({ toMs }) => (strike - toMs) / HOUR);
        expect(waits.some((hours) => hours >= 2 && hours <= 72)).toBe(true);
      }
    }
  });

  it('gives consumers as few logins as the RBA data set has', () => {
    const counts = consumers
      .filter(({ attacks }) => attacks.every(({ kind }) => kind !== 'dormant-takeover'))
      .map(({ sightings, truths }) => {
        const honest = sightings.filter(({ id }) => truths.get(id)?.attack === null);
        return honest.filter(({ kind, outcome }) => kind === 'login' && outcome === 'success').length;
      })
      .sort((a, b) => a - b);

    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(3);
    expect(counts.filter((count) => count === 1).length / counts.length).toBeCloseTo(0.4, 1);
    expect(counts[Math.floor(counts.length * 0.9)]).toBeGreaterThanOrEqual(6);
  });
});

/** What the person truly did, one after the other; where on its way a plane is does not matter. */
function honestSteps({ truths }: History) {
  const honest = [...truths.values()]
    .filter(({ attack, line }) => attack === null && line !== 'satellite' && line !== 'hosting')
    .sort((a, b) => a.atMs - b.atMs);
  return honest.slice(1).flatMap((after, at) => {
    const before = honest[at];
    return before === undefined ? [] : [[before, after] as const];
  });
}

import { describe, expect, it } from 'vitest';
import type { Truth } from '../company/history.ts';
import type { Alert } from '../detector.ts';
import { aSighting, DAY, factsOf, HOUR, network, NOW_MS } from '../../support/sighting.ts';
import { alertingRules, combined, groupAlerts } from './incidents.ts';
import { bucketOf, reauthenticationAt, recallAt } from './ranking.ts';
import { quantile, rateOf, shareOf } from './share.ts';
import { emptyTally, tally } from './tally.ts';

const anAlert = (over: Partial<Alert> = {}): Alert => {
  return {
    rule: 'r',
    severity: 'high',
    state: 'open',
    atMs: 0,
    score: 70,
    sightings: ['s1'],
    finding: null,
    ...over,
  };
};

describe('a share', () => {
  it('has the interval of Wilson', () => {
    // 9 of 10: 0.596 to 0.982, as in Newcombe 1998.
    const { low, high } = shareOf(9, 10);

    expect(low).toBeCloseTo(0.596, 3);
    expect(high).toBeCloseTo(0.982, 3);
  });

  it('is certain of nothing where there is nothing', () => {
    expect(shareOf(0, 0)).toMatchObject({ value: 0, low: 0, high: 1 });
  });
});

describe('a rate', () => {
  it('is wider where one account has all the events', () => {
    const even = Array.from({ length: 100 }, () => ({ events: 1, exposure: 10 }));
    const lumpy = even.map((account, at) => ({ ...account, events: at === 0 ? 100 : 0 }));

    expect(rateOf(even)).toEqual({ value: 0.1, low: 0.1, high: 0.1 });
    expect(rateOf(lumpy).value).toBeCloseTo(0.1);
    expect(rateOf(lumpy).high).toBeGreaterThan(0.5);
    expect(rateOf(lumpy).low).toBeLessThan(0.02);
  });

  it('is as sure as a binomial share where accounts are single logins', () => {
    const logins = Array.from({ length: 10_000 }, (_, at) => ({ events: at < 100 ? 1 : 0, exposure: 1 }));
    const [rate, share] = [rateOf(logins), shareOf(100, 10_000)];

    expect(rate.low).toBeCloseTo(share.low, 3);
    expect(rate.high).toBeCloseTo(share.high, 3);
  });

  it('goes by the rule of three where nothing happened', () => {
    expect(rateOf([{ events: 0, exposure: 300 }])).toEqual({ value: 0, low: 0, high: 0.01 });
  });

  it('reads quantiles of numbers in any order', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([3, 1, 2], 0.99)).toBe(3);
  });
});

describe('a ranking', () => {
  const numbers = Array.from({ length: 100 }, (_, at) => at);
  const benign = { scores: numbers, users: numbers.map((at) => at % 2), before: numbers };

  it('finds the attacks above the loudest share of benign logins', () => {
    expect(recallAt({ benign, attacks: [100, 99, 98.5, 98, 0] }, 0.01)).toMatchObject({ hits: 3, of: 5 });
    expect(recallAt({ benign, attacks: [100, 99, 98.5, 98, 0] }, 0)).toMatchObject({ hits: 1, of: 5 });
  });

  it('finds nothing by a score that everybody has', () => {
    const same = { ...benign, scores: numbers.map(() => 0) };

    expect(recallAt({ benign: same, attacks: [0, 0] }, 0.01)).toMatchObject({ hits: 0, of: 2 });
  });

  it('tells how often honest people are asked again', () => {
    const { all, median, byHistory } = reauthenticationAt({ benign, attacks: [95, 95, 95, 10] }, 0.75);

    expect(all).toBeCloseTo(0.05);
    // Odd scores are user 1's: 95, 97 and 99 of fifty logins; of two users the median is the higher one.
    expect(median).toBeCloseTo(0.06);
    expect(byHistory).toEqual({ '0': 0, '1–4': 0, '≥ 5': 5 / 95 });
  });

  it('sorts logins by how many came before', () => {
    expect([0, 1, 4, 5].map(bucketOf)).toEqual(['0', '1–4', '1–4', '≥ 5']);
  });
});

describe('incidents', () => {
  const home = aSighting({ id: 'home', ip: '10.1.1.1', network: network(1) });
  const near = aSighting({ id: 'near', ip: '10.1.1.9', network: network(1) });
  const far = aSighting({ id: 'far', ip: '10.9.1.1', network: network(2) });
  const facts = factsOf(home, near, far);

  it('are alerts of one infrastructure with less than a day between', () => {
    const alerts = [
      anAlert({ sightings: ['home'], atMs: 0 }),
      anAlert({ sightings: ['near'], atMs: 20 * HOUR }),
      anAlert({ sightings: ['near'], atMs: 40 * HOUR }),
      anAlert({ sightings: ['far'], atMs: 41 * HOUR }),
      anAlert({ sightings: ['home'], atMs: 3 * DAY }),
    ];

    expect(groupAlerts(alerts, facts).map((incident) => incident.alerts.length)).toEqual([3, 1, 1]);
  });

  it('go by the sighting that set the alert off', () => {
    const alerts = [anAlert({ sightings: ['home', 'far'] }), anAlert({ sightings: ['near', 'far'] })];

    expect(groupAlerts(alerts, facts)).toHaveLength(1);
  });

  it('are grouped as the product does it: by the infrastructure that a finding states', () => {
    const stated = { prefix: null, asn: 9, client: null };
    const finding = {
      rule: 'impossible-travel',
      severity: 'high',
      state: 'open',
      score: 70,
      atMs: 0,
    } as const;
    const of = (id: string) =>
      anAlert({ sightings: [id], finding: { ...finding, sessions: [], infrastructure: stated } });

    expect(groupAlerts([of('home'), of('far')], facts)).toHaveLength(1);
  });

  it('need one alarm that is at least medium', () => {
    const low = anAlert({ severity: 'low', sightings: ['home'] });
    const learning = anAlert({ state: 'learning', sightings: ['home'] });
    const high = anAlert({ sightings: ['near'] });

    expect(groupAlerts([low, learning], facts)).toEqual([]);
    expect(groupAlerts([low, learning, high], facts).map(({ alerts }) => alerts)).toEqual([[low, high]]);
  });

  it('name the rules that they wait for an analyst because of', () => {
    const own = { severity: 'high', state: 'open', score: 70, atMs: 0, sessions: [] } as const;
    const infrastructure = { prefix: null, asn: 9, client: null };
    const ours = (rule: 'impossible-travel' | 'new-device' | 'old-session', over: Partial<Alert> = {}) =>
      anAlert({
        rule,
        ...over,
        finding: { ...own, rule, infrastructure, severity: over.severity ?? 'high' },
      });
    const alerts = [ours('impossible-travel'), ours('new-device', { severity: 'low' }), ours('old-session')];

    expect(alertingRules({ alerts, score: 90 })).toEqual(['impossible-travel']);
  });

  it('add scores up without ever reaching the end', () => {
    expect(combined([{ score: 70 }, { score: 40 }])).toBeCloseTo(82);
    expect(combined(Array.from({ length: 10 }, () => ({ score: 70 })))).toBeLessThan(100);
  });
});

describe('a tally', () => {
  const truth = (attack: string | null): Truth => {
    return { atMs: NOW_MS, point: { lat: 0, lon: 0 }, isLocal: true, line: 'fixed', attack };
  };
  const truths = new Map([
    ['good', truth(null)],
    ['better', truth(null)],
    ['bad', truth('a')],
  ]);
  const counted = (...alerts: readonly Alert[]) => {
    const into = emptyTally('t', 'peer', '');
    const incidents = [{ alerts: alerts.filter(({ state }) => state === 'open'), score: 1 }];
    tally(into, { alerts, incidents, truths, benignLogins: 10 });
    return into;
  };

  it('calls an alarm false when all its sightings are benign, and a hit when one is not', () => {
    const into = counted(
      anAlert({ sightings: ['good', 'better'] }),
      anAlert({ sightings: ['good', 'bad'], atMs: 5 }),
      anAlert({ sightings: ['bad'], atMs: 3 }),
    );

    expect(into).toMatchObject({ alarms: 3, falseAlarms: 1, falseIncidents: 0, incidents: 1 });
    expect(into.hits).toEqual(new Map([['a', 3]]));
    expect(into.accounts).toEqual([{ events: 1, exposure: 10 }]);
  });

  it('counts what alerts nobody apart', () => {
    const into = counted(
      anAlert({ state: 'learning', sightings: ['bad'] }),
      anAlert({ state: 'suppressed', sightings: ['good'] }),
      anAlert({ severity: 'info', sightings: ['good'] }),
    );

    expect(into).toMatchObject({ alarms: 0, falseAlarms: 0 });
    expect(into.quiet).toEqual({
      learning: { benign: 0, attack: 1 },
      suppressed: { benign: 1, attack: 0 },
      info: { benign: 1, attack: 0 },
    });
    expect(into.hits.size).toBe(0);
    expect(into.told).toEqual(new Set(['a']));
  });

  it('takes a list to clean up for nobody’s attack', () => {
    const tidy = { rule: 'old-session', severity: 'low', state: 'open', score: 20, atMs: 0 } as const;
    const finding = { ...tidy, sessions: [], infrastructure: { prefix: null, asn: null, client: null } };

    expect(counted(anAlert({ sightings: ['good', 'bad'], finding }))).toMatchObject({
      tidying: 1,
      falseAlarms: 0,
      hits: new Map(),
    });
  });

  it('says what the lines of a false alarm truly were', () => {
    expect(counted(anAlert({ sightings: ['good', 'better'] })).causes).toEqual(new Map([['fixed', 1]]));
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { aSighting, DAY, HOUR, lifeAtHome, NOW_MS, phone, tokyo } from '../support/sighting.ts';
import type { Sighting } from '../../src/engine/detect/facts.ts';
import { createCompany, type Company } from './company/company.ts';
import type { Attack, History, Truth } from './company/history.ts';
import { createEvaluation } from './evaluate.ts';
import { reportOf } from './report.ts';
import { summaryOf, type Summary } from './summary.ts';
import { targetsOf } from './targets.ts';

const MEASURED_FROM = NOW_MS - 10 * DAY;
const berlinPoint = { lat: 52.52, lon: 13.405 };
const tokyoPoint = { lat: 35.68, lon: 139.69 };

/** An account with twenty days at home and, an hour after a login, one from Tokyo: an attack or, the database being wrong, not. */
function accountOf(userId: string, attack: Attack | null): History {
  const strange = aSighting({
    id: `${userId}-strange`,
    atMs: NOW_MS - 2 * DAY + HOUR,
    place: tokyo,
    ip: '5.6.7.8',
    device: phone,
    sessionKey: 'x',
  });
  const home = lifeAtHome(20).map((sighting, at): Sighting => ({
    ...sighting,
    id: `${userId}-${at}`,
    userId,
  }));
  const sightings = [...home, strange].sort((a, b) => a.toMs - b.toMs);
  const truthOf = ({ id, toMs }: Sighting): [string, Truth] => {
    const isStrange = id === strange.id;
    const truth = { atMs: toMs, isLocal: true, line: 'fixed' } as const;
    return isStrange && attack !== null
      ? [id, { ...truth, point: tokyoPoint, attack: attack.id }]
      : [id, { ...truth, point: berlinPoint, attack: null }];
  };
  const attacks = attack === null ? [] : [attack];
  return {
    userId,
    userName: userId,
    traits: [],
    sightings,
    truths: new Map(sightings.map(truthOf)),
    sessions: [],
    attacks,
  };
}

const companyOf = (name: string): Company => ({
  nowMs: NOW_MS,
  measuredFromMs: MEASURED_FROM,
  *histories() {
    yield accountOf('ann', { id: name, kind: 'naive' });
    yield accountOf('bob', null);
    yield { ...accountOf('cid', null), sightings: [] };
  },
});

describe('an evaluation', () => {
  let summary: Summary;
  beforeAll(() => {
    const evaluation = createEvaluation();
    evaluation.add(companyOf('one'));
    evaluation.add(companyOf('two'));
    summary = summaryOf(evaluation.count);
  });
  const found = (name: string) => summary.detectors.find((detector) => detector.name === name);

  it('counts what lies behind the days of learning, in every company', () => {
    // Ann has nine logins at home in the last ten days, bob the strange one besides.
    expect(summary).toMatchObject({ users: 6, userDays: 60, benignLogins: 2 * (9 + 10), sightings: 2 * 42 });
  });

  it('finds the attack in each company', () => {
    expect(found('impossible-travel')?.impossible).toMatchObject({ hits: 2, of: 2 });
    expect(found('impossible-travel')?.kinds.naive).toMatchObject({ hits: 2, of: 2 });
    expect(found('impossible-travel')?.byHistory['≥ 5']).toMatchObject({ hits: 2, of: 2 });
    expect(found('session-device-change')?.kinds.naive).toMatchObject({ hits: 0, of: 2 });
  });

  it('calls the very same finding a false alarm where nobody attacked', () => {
    const rate = found('impossible-travel');

    expect(rate?.falseAlarmCount).toBe(2);
    expect(rate?.falseAlarms.value).toBeCloseTo(2 / 38);
    expect(rate?.falseIncidents).toBe(2);
  });

  it('has the peers on the same data', () => {
    expect(found('Splunk ES')).toMatchObject({ group: 'peer', impossible: { hits: 2, of: 2 } });
    expect(found('Splunk ES')?.falseAlarmCount).toBeGreaterThan(0);
  });

  it('says for each target whether it is met', () => {
    const targets = targetsOf(summary, summary);
    const met = (words: string) => targets.find(({ what }) => what.includes(words))?.met;

    expect(met('journeys found by impossible-travel')).toBe('goal');
    expect(met('false alarms of impossible-travel')).toBe('MISSED');
    expect(met('hijacks found by the session rules')).toBe('not measured');
    expect(met('per analyst-day')).toBe('MISSED');
  });

  it('writes what was run and every target into the report', () => {
    const report = reportOf({
      command: 'npm run eval -- --seeds test',
      startedAt: '2026-11-20T12:00:00.000Z',
      machine: 'a machine',
      seeds: { name: 'test', list: [101] },
      companies: { company: summary, service: summary },
    });

    expect(report).toContain(
      'a machine; 2026-11-20 12:00 UTC; `npm run eval -- --seeds test`; test seeds 101.',
    );
    for (const { what, met } of targetsOf(summary, summary))
      expect(report).toMatch(new RegExp(`${what}.*${met}`));
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('an evaluation of a whole company', () => {
  let summary: Summary;
  beforeAll(() => {
    const evaluation = createEvaluation();
    evaluation.add(createCompany({ seed: 3, profile: 'employee', users: 150, days: 24, attacked: 0.8 }));
    summary = summaryOf(evaluation.count);
  });
  const rule = (name: string) => summary.detectors.find((detector) => detector.name === name);

  it('counts what shows only in what many users did', () => {
    expect(rule('credential-stuffing')?.kinds.stuffing).toMatchObject({ hits: 1, of: 1 });
    expect(rule('password-spray')?.kinds['slow-spray']).toMatchObject({ hits: 1, of: 1 });
    expect(rule('credential-stuffing')?.falseAlarmCount).toBe(0);
  });

  it('knows the organisation', () => {
    expect(rule('unlikely-login')?.alarms).toBeGreaterThan(0);
    expect(rule('new-country-for-organisation')?.alarms).toBeGreaterThan(0);
  });

  it('shows the rules the live sessions, and takes what they list for nobody’s alarm', () => {
    expect(rule('never-expiring-session')?.tidying).toBeGreaterThan(50);
    expect(rule('never-expiring-session')).toMatchObject({ alarms: 0, falseIncidents: 0 });
  });

  it('ranks logins by the Freeman score, far better than chance and than speed', () => {
    const recall = (name: string) =>
      summary.rankings.find((ranking) => ranking.name === name)?.recallAt1Percent;

    expect(recall('unlikelihood (Freeman)')?.kinds.naive.value).toBeGreaterThan(0.5);
    expect(recall('unlikelihood (Freeman)')?.kinds['cookie-theft'].hits).toBe(0);
    expect(recall('speed since the login before')?.all.value).toBeLessThan(
      recall('unlikelihood (Freeman)')?.all.low ?? 0,
    );
  });

  it('says what each rule alone is the reason of', () => {
    const rules = summary.detectors.filter(({ group }) => group === 'rule');
    const everything = rule('Sessionscope, all rules');
    const alone = rules.map((each) => each.alone.falseIncidents).reduce((sum, each) => sum + each, 0);

    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThanOrEqual(everything?.falseIncidents ?? 0);
    for (const { alone: own, falseIncidents } of rules)
      expect(own.falseIncidents).toBeLessThanOrEqual(falseIncidents);
  });
});

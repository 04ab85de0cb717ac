import { describe, expect, it } from 'vitest';
import { detect } from '../../../../src/engine/detect/detect.ts';
import type { PersonFacts, Sighting } from '../../../../src/engine/detect/facts.ts';
import {
  noOrganisation,
  type Background,
  type Organisation,
} from '../../../../src/engine/detect/organisation.ts';
import { defaultSettings } from '../../../../src/engine/detect/settings.ts';
import {
  aSighting,
  factsOf,
  HOUR,
  laptop,
  lifeAtHome,
  macbook,
  network,
  NOW_MS,
  tokyo,
} from '../../../support/sighting.ts';

/** A source of 10,000 logins, all of them from where the stranger comes from. */
const background: Background = {
  logins: 10_000,
  users: 100,
  count: (feature, value) =>
    feature === 'asn' && value === '7' ? 6_000 : feature === 'country' ? 5_000 : 100,
  distinct: () => 20,
  unlikelyFrom: 1,
};
const among = (over: Partial<Background> | null): Organisation => ({
  ...noOrganisation,
  background: () => (over === null ? null : { ...background, ...over }),
});
const home = lifeAtHome(30);
const stranger = (over: Partial<Sighting> = {}) =>
  aSighting({
    atMs: NOW_MS - HOUR,
    ip: '203.0.113.9',
    network: network(7),
    place: tokyo,
    device: macbook,
    userAgent: 'Safari/26',
    ...over,
  });

/** At a moment so many days ago. */
function momentAgo(days: number) {
  const atMs = NOW_MS - days * 24 * HOUR;
  return { id: `before-${days}`, fromMs: atMs, toMs: atMs };
}

function judged(facts: PersonFacts, organisation: Organisation = among({})) {
  const { findings, notEvaluable } = detect(facts, defaultSettings, organisation);
  return {
    findings: findings.filter(({ rule }) => rule === 'unlikely-login'),
    reasons: notEvaluable.filter(({ rule }) => rule === 'unlikely-login').map(({ reason }) => reason),
  };
}

describe('unlikely-login', () => {
  it('tells of a login that fits others better than the user, largest reason first', () => {
    const [finding, ...others] = judged(factsOf(...home, stranger())).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'medium', state: 'open', userId: 'u1', atMs: NOW_MS - HOUR });
    const { contributions, logRisk } = finding?.evidence as {
      contributions: { feature: string; logRisk: number }[];
      logRisk: number;
    };
    const risks = contributions.map((each) => each.logRisk);
    expect(risks).toEqual(risks.toSorted((a, b) => b - a));
    expect(risks.reduce((sum, risk) => sum + risk, 0)).toBeCloseTo(logRisk, 2);
    expect(finding?.explanation).toMatch(
      /this network \(ASN\) at 0 of 30 own logins and 60.0 % of everybody’s/,
    );
    expect(finding?.explanation).toMatch(/rank and no probability.*make it wrong/);
  });

  it('says nothing of what the user always does', () => {
    expect(judged(factsOf(...home, aSighting({ atMs: NOW_MS - HOUR }))).findings).toEqual([]);
  });

  it('is an info where device and network are known', () => {
    const before = [40, 30, 20].map((days) => stranger(momentAgo(days)));
    const organisation = among({ unlikelyFrom: -20 });
    const last = judged(
      factsOf(...[...before, ...home, stranger()].sort((a, b) => a.toMs - b.toMs)),
      organisation,
    );
    expect(last.findings.at(-1)).toMatchObject({ severity: 'info' });
  });

  it('is low where one of them is: an own laptop abroad, or a new one at home', () => {
    const unlikely = among({ unlikelyFrom: -20 });
    const abroad = judged(factsOf(...home, stranger({ device: laptop })), unlikely).findings.slice(-1);
    expect(abroad).toMatchObject([{ severity: 'low' }]);
    expect(abroad[0]?.explanation).toContain('Known for this person: the device, which lowers it.');
    const atHome = stranger({ network: network(64500) });
    expect(judged(factsOf(...home, atHome), unlikely).findings.at(-1)).toMatchObject({
      severity: 'low',
    });
  });

  it('does not score a first login, a failure, or a start where the source reports logins', () => {
    expect(judged(factsOf(stranger())).findings).toEqual([]);
    expect(judged(factsOf(...home, stranger({ outcome: 'failure' }))).findings).toEqual([]);
    const facts = factsOf(...home, stranger({ kind: 'start' }));
    expect(judged(facts).findings).toHaveLength(1);
    const telling = { ...facts, users: facts.users.map((user) => ({ ...user, tellsLogins: true })) };
    expect(judged(telling).findings).toEqual([]);
  });

  it('is learning before the person is mature', () => {
    expect(judged(factsOf(...lifeAtHome(3), stranger())).findings).toMatchObject([{ state: 'learning' }]);
  });

  it('can not judge where nothing, or too little, is known of others', () => {
    const facts = factsOf(...home, stranger());
    expect(judged(facts, among(null))).toMatchObject({
      findings: [],
      reasons: ['Nothing is known of the logins of others: no day of this source is settled.'],
    });
    expect(judged(facts, among({ unlikelyFrom: null })).reasons).toEqual([
      'Too few logins of this source were scored in the 30 days before to say what is unlikely.',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { ruleCatalogue } from '../../../../src/contract/rule-catalogue.ts';
import type { Day } from '../../../../src/engine/detect/days/day.ts';
import { dayFindingsOf, detectDay } from '../../../../src/engine/detect/days/detect-day.ts';
import { dayCatalogue } from '../../../../src/engine/detect/days/catalogue.ts';
import type { RuleFinding, Sighting } from '../../../../src/engine/detect/facts.ts';
import type { Organisation } from '../../../../src/engine/detect/organisation.ts';
import { noOrganisation } from '../../../../src/engine/detect/organisation.ts';
import { dayOf, failure, historyOf, login } from '../../../support/day.ts';
import {
  aSighting,
  DAY,
  HOUR,
  laptop,
  macbook,
  MINUTE,
  network,
  NOW_MS,
  phone,
} from '../../../support/sighting.ts';

const SECOND = 1000;
const many = <T>(count: number, each: (nth: number) => T) =>
  Array.from({ length: count }, (_, nth) => each(nth));

function told(rule: string, day: Day): readonly RuleFinding[] {
  return dayFindingsOf(day).filter((finding) => finding.rule === rule);
}

/** Reasons why a rule says nothing. */
function reasons(rule: string, day: Day): readonly string[] {
  return detectDay(day)
    .notEvaluable.filter((each) => each.rule === rule)
    .map(({ reason }) => reason);
}

/** One login a day of each of so many users, at noon, from the address of the tests. */
const everyDay = (users: number, over: Partial<Sighting> = {}) =>
  historyOf((_ago, noonMs) =>
    many(users, (nth) => aSighting({ atMs: noonMs + nth, userId: `u${nth}`, ...over })),
  );

describe('credential-stuffing', () => {
  const stuffing = many(8, (nth) => failure(`u${nth % 4}`, nth * 30 * SECOND));

  it('tells of 8 failures on 4 accounts of one address within 5 minutes', () => {
    const [finding] = told('credential-stuffing', dayOf(stuffing));
    expect(finding).toMatchObject({
      severity: 'high',
      state: 'open',
      userId: 'u0',
      atMs: NOW_MS + 210 * SECOND,
      infrastructure: { prefix: '81.2.69.0/24', asn: 64_500 },
      evidence: { ip: '81.2.69.142', failures: 8, accounts: 4, usualFailureShare: null },
    });
    expect(finding?.words?.explanation).toMatch(
      /8 times on 4 accounts.*none of them logged in.*stands at “u0”.*make it wrong/,
    );
  });

  it('is critical when a login succeeds in between, and goes to that account', () => {
    const [finding] = told(
      'credential-stuffing',
      dayOf([...stuffing, login('u3', 250 * SECOND, { sessionKey: 's' })]),
    );
    expect(finding).toMatchObject({
      severity: 'critical',
      userId: 'u3',
      sessions: ['s'],
      evidence: { logins: 1 },
    });
  });

  it('says nothing of fewer failures, fewer accounts or more time', () => {
    expect(told('credential-stuffing', dayOf(stuffing.slice(1)))).toEqual([]);
    expect(
      told('credential-stuffing', dayOf(many(8, (nth) => failure(`u${nth % 3}`, nth * SECOND)))),
    ).toEqual([]);
    expect(
      told('credential-stuffing', dayOf(many(8, (nth) => failure(`u${nth % 4}`, nth * MINUTE)))),
    ).toEqual([]);
  });

  it('says nothing where the network fails that often every day', () => {
    const history = historyOf((_ago, noonMs) => [
      ...many(2, (nth) => aSighting({ atMs: noonMs + nth, userId: `u${nth}`, outcome: 'failure' })),
      ...many(3, (nth) => aSighting({ atMs: noonMs + nth, userId: `u${nth}` })),
    ]);
    expect(told('credential-stuffing', dayOf(stuffing, { history }))).toEqual([]);
    expect(told('credential-stuffing', dayOf(stuffing, { history: everyDay(3) }))).toHaveLength(1);
  });

  it('can not be taught by some days of attack', () => {
    const history = historyOf((ago, noonMs) => [
      ...many(ago < 10 ? 90 : 0, (nth) =>
        aSighting({ atMs: noonMs + nth, userId: `u${nth}`, outcome: 'failure' }),
      ),
      ...many(3, (nth) => aSighting({ atMs: noonMs + nth, userId: `u${nth}` })),
    ]);
    expect(told('credential-stuffing', dayOf(stuffing, { history }))).toHaveLength(1);
  });

  it('stays the same finding while the attack goes on, and is told of on the day on which it comes true', () => {
    const [before] = told('credential-stuffing', dayOf(stuffing));
    const [after] = told('credential-stuffing', dayOf([...stuffing, failure('u9', 4 * MINUTE)]));
    expect(after?.dedupeKey).toBe(before?.dedupeKey);
    const yesterday = stuffing.map((each) => ({ ...each, toMs: each.toMs - DAY }));
    expect(told('credential-stuffing', dayOf(yesterday))).toEqual([]);
  });

  it('can not judge logins without an address', () => {
    expect(reasons('credential-stuffing', dayOf([failure('u', 0, { ip: null })]))).toEqual([
      'No address is known for the login.',
    ]);
  });
});

describe('password-spray', () => {
  const spray = (count: number, over: (nth: number) => Partial<Sighting> = () => ({})) =>
    many(count, (nth) => failure(`u${nth}`, nth * MINUTE - 3 * HOUR, over(nth)));

  it('tells of 50 accounts that one prefix tries within a day', () => {
    const [finding] = told('password-spray', dayOf(spray(60, (nth) => ({ ip: `81.2.69.${nth}` }))));
    expect(finding).toMatchObject({
      severity: 'high',
      userId: 'u0',
      evidence: { prefix: '81.2.69.0/24', accounts: 60 },
    });
    expect((finding?.evidence.named as unknown[]).length).toBe(50);
    expect(finding?.words?.explanation).toContain('and 55 more');
  });

  it('names a login of an account that was tried', () => {
    const [finding] = told('password-spray', dayOf([...spray(50), login('u7', 0), login('other', 0)]));
    expect(finding).toMatchObject({ userId: 'u7', evidence: { accounts: 50, logins: 1 } });
    expect(finding?.words?.explanation).toContain('1 login of accounts that were tried succeeded');
  });

  it('says nothing of 49 accounts, nor of accounts that are tried again and again', () => {
    expect(told('password-spray', dayOf(spray(49)))).toEqual([]);
    const often = many(4, () => spray(50)).flat();
    expect(told('password-spray', dayOf(often.slice(0, 150)))).toHaveLength(1);
    expect(told('password-spray', dayOf(often)).length).toBeLessThanOrEqual(1);
    expect(
      told(
        'password-spray',
        dayOf(many(50, (nth) => many(4, () => failure(`u${nth}`, nth * MINUTE))).flat()),
      ),
    ).toEqual([]);
  });

  it('says nothing where as many accounts fail every day', () => {
    const history = historyOf((_ago, noonMs) =>
      many(20, (nth) => aSighting({ atMs: noonMs + nth, userId: `u${nth}`, outcome: 'failure' })),
    );
    expect(told('password-spray', dayOf(spray(60), { history }))).toEqual([]);
    expect(told('password-spray', dayOf(spray(90), { history }))).toHaveLength(1);
  });

  it('holds a provider against what it is used to, once that is known', () => {
    const scattered = spray(60, (nth) => ({ ip: `81.2.${nth}.1` }));
    expect(told('password-spray', dayOf(scattered))).toEqual([]);
    expect(reasons('password-spray', dayOf(scattered))).toContain(
      'Too few days of logins are known to say what a provider is used to.',
    );
    const [finding] = told('password-spray', dayOf(scattered, { history: everyDay(3) }));
    expect(finding).toMatchObject({ evidence: { asn: '64500', accounts: 60 } });
  });
});

describe('many-users-one-network', () => {
  const crowd = (count: number, over: Partial<Sighting> = {}) =>
    many(count, (nth) => login(`u${nth}`, nth * MINUTE, over));

  it('tells of more users of a prefix within an hour than ever', () => {
    const [finding] = told('many-users-one-network', dayOf(crowd(6), { history: everyDay(1) }));
    expect(finding).toMatchObject({
      severity: 'high',
      evidence: { prefix: '81.2.69.0/24', accounts: 6, usualUsers: 0 },
    });
  });

  it('learns what people share: four times as many must come', () => {
    expect(told('many-users-one-network', dayOf(crowd(8), { history: everyDay(2) }))).toEqual([]);
    expect(told('many-users-one-network', dayOf(crowd(9), { history: everyDay(2) }))).toHaveLength(1);
  });

  it('says nothing of five, of company networks, or when they come over several hours', () => {
    const history = everyDay(1);
    expect(told('many-users-one-network', dayOf(crowd(5), { history }))).toEqual([]);
    expect(
      told('many-users-one-network', dayOf(crowd(6, { network: network(1, 'corporate') }), { history })),
    ).toEqual([]);
    const slow = many(6, (nth) => login(`u${nth}`, nth * 13 * MINUTE));
    expect(told('many-users-one-network', dayOf(slow, { history }))).toEqual([]);
  });

  it('can not judge before two weeks are known, nor addresses that are not public', () => {
    expect(reasons('many-users-one-network', dayOf(crowd(9)))).toEqual([
      'Too few days of logins are known to say which networks people share.',
    ]);
    const inside = dayOf(crowd(9, { ip: '10.0.0.7', ipClass: 'private' }), { history: everyDay(1) });
    expect(reasons('many-users-one-network', inside)[0]).toMatch(/private/);
    expect(told('many-users-one-network', inside)).toEqual([]);
  });
});

describe('many-users-one-client', () => {
  const tool = many(3, (nth) =>
    login(`u${nth}`, nth * HOUR, { userAgent: `Tool/${nth}.0 (X)`, ip: `81.2.${nth}.1` }),
  );
  const withShare = (share: number | null): Organisation => ({ ...noOrganisation, loginShare: () => share });

  it('tells of a client that nobody else uses', () => {
    const [finding] = told('many-users-one-client', dayOf(tool, { organisation: withShare(0) }));
    expect(finding).toMatchObject({
      severity: 'high',
      userId: 'u0',
      evidence: { client: 'Tool (X)', accounts: 3 },
    });
    expect(finding?.words?.explanation).toContain('3 addresses');
  });

  it('says nothing of two users, or of a client that others use', () => {
    expect(told('many-users-one-client', dayOf(tool.slice(1), { organisation: withShare(0) }))).toEqual([]);
    expect(told('many-users-one-client', dayOf(tool, { organisation: withShare(2e-4) }))).toEqual([]);
  });

  it('can not judge before enough logins are known', () => {
    const day = dayOf(tool, { organisation: withShare(null) });
    expect(told('many-users-one-client', day)).toEqual([]);
    expect(reasons('many-users-one-client', day)).toEqual([
      'Too few logins are known to say which clients are rare.',
    ]);
  });
});

describe('user-agent-rotation', () => {
  const devices = [laptop, macbook, phone];
  const rotation = many(4, (nth) => failure('u', nth * MINUTE, { device: devices[nth % 3] ?? null }));

  it('tells of three kinds of client that fail on one account', () => {
    const [finding] = told('user-agent-rotation', dayOf(rotation));
    expect(finding).toMatchObject({
      severity: 'medium',
      userId: 'u',
      evidence: { failures: 4, accounts: 1 },
    });
    expect(finding?.words?.explanation).toContain(
      '“Chrome on Android”, “Chrome on Windows”, “Safari on macOS”',
    );
  });

  it('says nothing of several accounts behind one address, of two kinds, or of ten minutes and more', () => {
    expect(
      told('user-agent-rotation', dayOf(rotation.map((each, nth) => ({ ...each, userId: `u${nth}` })))),
    ).toEqual([]);
    expect(
      told(
        'user-agent-rotation',
        dayOf(many(6, (nth) => failure('u', nth, { device: devices[nth % 2] ?? null }))),
      ),
    ).toEqual([]);
    expect(
      told(
        'user-agent-rotation',
        dayOf(rotation.map((each, nth) => ({ ...each, toMs: NOW_MS + nth * 4 * MINUTE }))),
      ),
    ).toEqual([]);
  });

  it('can not judge user agents of no known family', () => {
    expect(reasons('user-agent-rotation', dayOf([failure('u', 0, { device: null })]))).toEqual([
      'The user agent is of no known family.',
    ]);
  });
});

describe('every rule about many users', () => {
  it('never throws on hostile attempts, and takes linear time', () => {
    const text = '\u202e”<script>'.repeat(6_000);
    const hostile = many(20_000, (nth) =>
      (nth % 3 === 0 ? login : failure)(`${text.slice(0, nth % 50)}${nth % 997}`, nth % 7, {
        ip: nth % 5 === 0 ? null : `::${(nth % 11).toString(16)}`,
        ipClass: nth % 4 === 0 ? null : 'reserved',
        network: nth % 6 === 0 ? null : network(nth % 9),
        device: nth % 8 === 0 ? null : { ...laptop, browser: text },
        userAgent: nth % 2 === 0 ? text : null,
        place: null,
      }),
    );
    const findings = dayFindingsOf(
      dayOf(hostile, { history: everyDay(1), organisation: { ...noOrganisation, loginShare: () => 0 } }),
    );
    for (const finding of findings) {
      expect(finding.words?.explanation).toMatch(/What would make it wrong/);
      expect(finding.words?.explanation.length).toBeLessThan(4_000);
      expect(JSON.parse(JSON.stringify(finding.evidence))).toEqual(finding.evidence);
    }
    expect(findings.length).toBeGreaterThan(3);
  });

  it('is in the catalogue of the contract, and says what it can not judge', () => {
    for (const { id, cannotJudge } of dayCatalogue) {
      expect(ruleCatalogue[id]).toBeDefined();
      expect(cannotJudge.length).toBeGreaterThan(0);
    }
  });
});

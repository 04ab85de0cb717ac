import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../../src/contract/rules.ts';
import type { RuleFinding, SessionFacts } from '../../../src/engine/detect/facts.ts';
import { isoTime } from '../../../src/engine/detect/moment.ts';
import { deviceName } from '../../../src/engine/detect/words.ts';
import { listedDevices, listLines } from '../../../src/engine/store/evidence-lines.ts';
import { packTelling, tellingText } from '../../../src/engine/store/finding-telling.ts';
import { isListedTelling, listedEvidence, listedTelling } from '../../../src/engine/store/listed-telling.ts';
import { isSeenTelling } from '../../../src/engine/store/seen-telling.ts';
import { foundBy } from '../../support/judged.ts';
import { aSession, factsWith } from '../../support/live-session.ts';
import { aSighting, DAY, HOUR, laptop, lifeAtHome, NOW_MS, phone } from '../../support/sighting.ts';

const digestOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** What is read of a finding that was stored; null where it is stored with its names. */
function readAgain(finding: RuleFinding): RuleFinding['evidence'] | null {
  const bytes = listedTelling(finding);
  if (bytes === null) return null;
  expect([isListedTelling(bytes), isSeenTelling(bytes)]).toEqual([true, false]);
  return listedEvidence(bytes, finding.atMs);
}

/** As `poll/session-key.ts` makes them. */
const keyOf = (index: number) =>
  digestOf(index)
    .slice(0, 26)
    .replaceAll(/[0189]/g, 'z');

const overs: readonly Partial<SessionFacts>[] = [
  { startedAtMs: NOW_MS - 40 * DAY - 12_345_678 },
  { startedAtMs: NOW_MS - 33 * DAY - 1_234_567, device: { ...phone, browser: 'Mobile Safari', os: 'iOS' } },
  { startedAtMs: NOW_MS - 31 * DAY - 4_711, device: null },
];
const shared: Partial<SessionFacts> = {
  expiresAtMs: null,
  lastSeenAtMs: NOW_MS - 15 * DAY - 987_654,
  isUserGone: true,
  userGoneSinceMs: NOW_MS - HOUR,
};
const person = factsWith(
  overs.map((over, index) => aSession({ ...shared, ...over, key: keyOf(index) })),
  aSighting(),
);
const many = factsWith(
  Array.from({ length: 11 }, (_, index) => {
    const startedAtMs = NOW_MS - (index < 2 ? 50 : 1) * DAY - index * 1_234_567;
    return aSession({ key: keyOf(index), startedAtMs, firstObservedAtMs: startedAtMs });
  }),
  ...lifeAtHome(),
);

/** Without the words, which their rules tell when they are read. */
function listFound(rule: RuleId): RuleFinding {
  const [finding] = foundBy(rule, rule === 'too-many-sessions' ? many : person);
  if (finding === undefined) throw new Error(`${rule} found nothing`);
  return { ...finding, words: null };
}

describe('what a finding tells of a list of sessions', () => {
  it.each(listLines.map(([rule]) => rule))('is stored in few bytes, and read as it was: %s', (rule) => {
    const finding = listFound(rule);
    expect(JSON.stringify(readAgain(finding))).toBe(JSON.stringify(finding.evidence));
    const text = tellingText(finding);
    expect(listedTelling(finding)?.length).toBeLessThan(packTelling(rule, text).length * 0.85);
  });

  it('is read as it was, whatever the sessions', () => {
    const atMs = NOW_MS;
    const moment = fc.option(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }).map(isoTime));
    const session = fc.record({
      key: fc.nat().map(keyOf),
      startedAt: moment,
      device: fc.option(
        fc.oneof(
          fc.constantFrom(...listedDevices),
          fc.string({ unit: 'grapheme' }),
          fc
            .record({ browser: fc.option(fc.string()), os: fc.option(fc.string()) })
            .map((parts) => deviceName({ ...laptop, ...parts })),
        ),
      ),
      since: moment,
    });
    const list = fc.record({
      count: fc.nat(),
      sessions: fc.array(session, { maxLength: 50 }),
      oldestAt: moment,
      isAdministrator: fc.boolean(),
      afterDays: fc.nat(),
      appAfterDays: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
    });
    fc.assert(
      fc.property(list, (evidence) => {
        const finding = { ...listFound('old-session'), atMs, evidence };
        const read = readAgain(finding);
        // Since when is not known of no session that a rule lists.
        if (evidence.sessions.some(({ since }) => since === null)) expect(read).toBeNull();
        else expect(JSON.stringify(read)).toBe(JSON.stringify(evidence));
      }),
    );
  });

  it('is stored with its names where its shape is another one, or where it has words', () => {
    const finding = listFound('old-session');
    const { evidence } = finding;
    const [session] = evidence.sessions as readonly Record<string, unknown>[];
    const others: readonly Partial<RuleFinding>[] = [
      { words: { title: 'Old', explanation: 'Because.' } },
      { rule: 'new-device' },
      { evidence: { ...evidence, raisedForAdministrator: true } },
      { evidence: { ...evidence, isAdministrator: 'yes' } },
      { evidence: { ...evidence, oldestAt: 'long ago' } },
      { evidence: { ...evidence, count: null } },
      { evidence: { ...evidence, sessions: [{ ...session, key: 'no key' }] } },
      { evidence: { ...evidence, sessions: [{ ...session, lastSeenAt: null }] } },
      { evidence: { ...evidence, sessions: 'none' } },
    ];
    for (const other of others) expect(readAgain({ ...finding, ...other })).toBeNull();
  });

  it('can be read for ever: what stored findings refer to is what it was', () => {
    expect(digestOf(listLines.slice(0, 5))).toBe(
      'b4d9f5f29a9ddbdb74ec63621fe1b63378857ca954efc2ba46e7cb3bad5a205c',
    );
    expect(digestOf(listedDevices.slice(0, 23))).toBe(
      '98db8af02c63d6d3afc249772cc1d6c1aef490dd8022d4283559d2c16147257f',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { sessionBar, sessionBars } from '../../../src/renderer/timeline/session-bar.ts';
import { travelLegs } from '../../../src/renderer/timeline/travel-legs.ts';
import { company } from '../support/company.ts';

const now = Date.parse('2026-11-21T06:00:00.000Z');
const data = company(now, 800);
const [any] = data.sessions;
if (any === undefined) throw new Error('no session');
const session = {
  ...any,
  state: 'active' as const,
  startedAt: '2026-11-20T06:00:00.000Z',
  startedAtQuality: 'reported' as const,
  firstObservedAt: '2026-11-20T06:05:00.000Z',
  lastSeenAt: '2026-11-20T12:00:00.000Z',
  endedAt: null,
};

describe('a session as a bar', () => {
  it('is full while it was used and goes on to now while it is alive', () => {
    const bar = sessionBar(session, now);
    expect(bar).toMatchObject({ startMs: Date.parse(session.startedAt), endMs: now, isLive: true });
    expect(bar.seenMs).toBe(Date.parse('2026-11-20T12:00:00.000Z'));
  });

  it('never draws an untrusted start as the start', () => {
    const bar = sessionBar({ ...session, startedAtQuality: 'untrusted' }, now);
    expect(bar).toMatchObject({ startMs: Date.parse(session.firstObservedAt), isStartOpen: true });
  });

  it('ends where it was found to be gone', () => {
    const bar = sessionBar({ ...session, state: 'ended', endedAt: '2026-11-20T13:00:00.000Z' }, now);
    expect(bar).toMatchObject({ endMs: Date.parse('2026-11-20T13:00:00.000Z'), isLive: false });
  });
});

describe('journeys on the timeline', () => {
  it('go from one session’s row to the other’s', () => {
    const bars = sessionBars(data.sessions, now);
    const rowOf = new Map(bars.map(({ session: { key } }, row) => [key, row]));
    const legs = travelLegs(data.findings, rowOf);
    expect(legs.map(({ finding }) => finding.id)).toContain('f-travel-0');
    for (const { finding, fromRow, toRow, fromMs, toMs } of legs) {
      expect(finding.sessions).toEqual([bars[fromRow]?.session.key, bars[toRow]?.session.key]);
      expect(toMs - fromMs).toBe(78 * 60_000);
    }
  });

  it('are left out when an end is not on the timeline', () => {
    expect(travelLegs(data.findings, new Map())).toEqual([]);
  });
});

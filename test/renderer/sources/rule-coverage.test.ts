import { describe, expect, it } from 'vitest';
import { capabilityWords } from '../../../src/renderer/sources/capability-words.ts';
import { rulesNotEvaluable } from '../../../src/renderer/sources/rule-coverage.ts';
import { fakeSources } from '../support/fake-sources.ts';

const [source] = fakeSources(0, () => 0).slice(3);
if (source === undefined) throw new Error('no source');
const full = { ...source.capabilities, canRevokeOne: true };
const rules = (can: Partial<typeof full>) => rulesNotEvaluable({ ...full, ...can }).map(({ rule }) => rule);

describe('rules a source gives no input for', () => {
  it('are none when it tells everything', () => {
    expect(rules({})).toEqual([]);
  });

  it('are those that need what is missing', () => {
    expect(rules({ idStability: 'reconnects' })).toEqual(['session-device-change', 'session-network-change']);
    expect(rules({ hasRawUserAgent: false, hasParsedDevice: false })).toEqual(['session-device-change']);
    expect(rules({ ip: 'none' })).toEqual(['impossible-travel', 'session-network-change', 'new-country']);
    expect(rules({ ip: 'none', geo: 'country' })).toEqual(['impossible-travel', 'session-network-change']);
  });
});

describe('capabilities in words', () => {
  const limits = (can: Partial<typeof full>) =>
    capabilityWords({ ...full, ...can })
      .filter(({ isLimit }) => isLimit)
      .map(({ text }) => text);

  it('say aloud what can not be done', () => {
    expect(limits({ canRevokeOne: false })).toContain('Sessions can’t be ended through this source');
    expect(limits({ hasCurrentFlag: false })).toContain('Can’t tell its own session');
    expect(limits({ revokeLatencyMs: 300_000 })).toContain(
      'An ended session may still be accepted for 5 min',
    );
    expect(limits({ scope: 'self', canListAll: false })).toContain(
      'Lists only the sessions of its own account',
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../../src/contract/source.ts';
import { capabilityWords } from '../../../src/renderer/sources/capability-words.ts';
import { rulesNotEvaluable } from '../../../src/renderer/sources/rule-coverage.ts';
import { fakeSources } from '../support/fake-sources.ts';

const [source] = fakeSources(0, () => 0).slice(3);
if (source === undefined) throw new Error('no source');
const full: Capabilities = {
  ...source.capabilities,
  ...{
    canRevokeOne: true,
    canListUsers: true,
    hasParsedDevice: true,
    hasExpiry: true,
    lastSeen: 'good',
    history: 'events',
  },
};
const rules = (can: Partial<typeof full>) => rulesNotEvaluable({ ...full, ...can }).map(({ rule }) => rule);

describe('rules a source gives no input for', () => {
  it('are none when it tells everything', () => {
    expect(rules({})).toEqual([]);
  });

  it('are those that need what is missing', () => {
    expect(rules({ idStability: 'reconnects' })).toContain('session-device-change');
    expect(rules({ idStability: 'reconnects' })).not.toContain('new-country');
    expect(rules({ hasRawUserAgent: false })).toContain('scripted-client');
    expect(rules({ hasRawUserAgent: false })).not.toContain('session-device-change');
    expect(rules({ hasRawUserAgent: false, hasParsedDevice: false })).toContain('session-device-change');
    expect(rules({ ip: 'none' })).toEqual(expect.arrayContaining(['impossible-travel', 'new-country']));
    expect(rules({ ip: 'none', geo: 'country' })).not.toContain('new-country');
    expect(rules({ history: 'none' })).toContain('brute-force');
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

import { describe, expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { startEngine } from '../../support/engine.ts';

async function started() {
  const engine = await startEngine({ clock: testClock() });
  onTestFinished(() => engine.close());
  return engine;
}

describe('the policy of countries of an engine', () => {
  it('is kept as one list of codes, each once, and told of in the audit', async () => {
    const { call } = await started();
    expect(await call.policy.countries()).toEqual({ kind: 'none' });
    const kept = await call.policy.setCountries({ kind: 'allow', countries: ['fr', 'DE', 'DE'] });
    expect(kept).toEqual({ kind: 'allow', countries: ['DE', 'FR'] });
    expect(await call.policy.countries()).toEqual(kept);
    const [entry] = await call.audit.list({});
    expect(entry).toMatchObject({ action: 'policy.set', detail: { policy: kept, before: { kind: 'none' } } });
    expect((await call.audit.verify()).ok).toBe(true);
  });

  it('is among the numbers that are in force', async () => {
    const { call } = await started();
    const countries = async () =>
      (await call.rules()).find(({ id }) => id === 'country-policy')?.thresholds.slice(0, 2);
    expect(await countries()).toEqual([
      { name: 'denied countries', value: 'none' },
      { name: 'allowed countries', value: 'none' },
    ]);
    await call.policy.setCountries({ kind: 'deny', countries: ['KP', 'IR'] });
    expect(await countries()).toMatchObject([{ value: 'IR, KP' }, { value: 'none' }]);
  });

  it.each([
    [{ kind: 'allow', countries: [] }, /at least one/],
    [{ kind: 'deny', countries: ['UK'] }, /"UK" is no country code/],
    [{ kind: 'deny', countries: ['DE\u202e'] }, /no country code/],
    [{ kind: 'never' }, /kind/],
  ])('refuses %j and stays as it was', async (policy, words) => {
    const { call } = await started();
    await expect(call.policy.setCountries(policy as never)).rejects.toThrow(words);
    await expect(call.policy.previewCountries(policy as never)).rejects.toThrow(words);
    expect(await call.policy.countries()).toEqual({ kind: 'none' });
  });
});

import { describe, expect, it } from 'vitest';
import { countryPolicy, countryPolicyPreview } from '../../src/contract/country-policy.ts';
import { temporaryDir } from '../support/data-dir.ts';
import { runCli } from '../support/run-cli.ts';

function desk() {
  const dataDir = temporaryDir();
  return (...args: string[]) => runCli(['country-policy', ...args], { dataDir });
}

describe('the policy of countries on the command line', () => {
  it('is shown, set, tried without being set, and switched off', async () => {
    const run = desk();
    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringMatching(/any country/) as string });
    expect((await run('--allow', 'de,at', 'CH')).stdout).toBe('People may be in AT, CH, DE only.\n');
    const dry = await run('--deny', 'KP', '--dry-run', '--json');
    expect(countryPolicyPreview.parse(JSON.parse(dry.stdout))).toMatchObject({ days: 90, sessions: 0 });
    expect((await run('--deny', 'KP', '--dry-run')).stdout).toMatch(/Of 0 sessions .* 0 of 0 users/);
    const kept = countryPolicy.parse(JSON.parse((await run('--json')).stdout));
    expect(kept).toEqual({ kind: 'allow', countries: ['AT', 'CH', 'DE'] });
    expect((await run('--deny', 'KP')).stdout).toBe('People may be anywhere but in KP.\n');
    expect((await run('--off')).stdout).toMatch(/any country/);
  });

  it.each([
    [['--deny', 'UK'], /--deny: "UK" is no country code/],
    [['--allow', ','], /--allow: name at least one country/],
    [['--allow', 'DE', '--deny', 'KP'], /Give one of/],
    [['--dry-run'], /needs the policy to try/],
  ])('refuses %j as wrong usage, in words', async (options, words) => {
    const { code, stderr } = await desk()(...options);
    expect(stderr).toMatch(words);
    expect(code).toBe(2);
  });
});

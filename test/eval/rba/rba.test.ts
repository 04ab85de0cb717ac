import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collect } from '../../support/collect.ts';
import { evaluateRba } from './evaluate-rba.ts';
import { readRbaPeople } from './rba-people.ts';
import { rbaReportOf } from './rba-report.ts';
import { readRba } from './rba-rows.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const FILE = fixture('rba/made-up-logins.csv');
const STAND_IN = '-4324475583306591935';

describe('the RBA data set', () => {
  it('is read by the importer, with its labels beside', async () => {
    const rows = (await collect(readRba(FILE))).flat();
    const labelled = rows.filter(({ label }) => label !== null);

    expect(rows).toHaveLength(17);
    expect(labelled.map(({ login, label }) => [login.user.id, login.outcome, label])).toEqual([
      [STAND_IN, 'failure', 'attack-ip'],
      ['1001', 'success', 'takeover'],
      ['1002', 'failure', 'attack-ip'],
      ['1002', 'success', 'attack-ip'],
    ]);
  });

  it('tells nobody its labels, and leaves out the user who stands for many', async () => {
    const { sightings, labels, oneIn } = await readRbaPeople(FILE);

    expect([...sightings.keys()].sort()).toEqual(['1001', '1002']);
    expect(JSON.stringify([...sightings.values()])).not.toMatch(/takeover|attack/i);
    expect([...labels.values()].sort()).toEqual(['attack-ip', 'attack-ip', 'takeover']);
    expect(oneIn).toBe(1);
  });

  it('refuses a file of another kind', async () => {
    await expect(readRbaPeople(fixture('rba/README.md'))).rejects.toThrow('does not name the columns');
  });

  it('counts what is said of takeovers, of attack addresses and of the rest', async () => {
    const summary = evaluateRba(await readRbaPeople(FILE));
    const rule = (name: string) => summary.rules.find((row) => row.name === name);

    expect(summary.logins).toEqual({ takeover: 1, 'attack-ip': 1, honest: 13 });
    expect(rule('new-network')).toMatchObject({
      takeovers: { hits: 1, of: 1 },
      attackIps: { hits: 1, of: 1 },
      honest: { hits: 0, of: 13 },
    });
    expect(rule('any of these')?.takeoversTold).toMatchObject({ hits: 1, of: 1 });
    expect(summary.rules.map(({ name }) => name)).not.toContain('impossible-travel');
  });

  it('ranks by the Freeman score', async () => {
    const { rankings } = evaluateRba(await readRbaPeople(FILE));

    expect(rankings.map(({ name }) => name)).toContain('unlikelihood (Freeman)');
    for (const { takeovers } of rankings) expect(takeovers[0]).toMatchObject({ hits: 1, of: 1 });
  });

  it('is reported with what it can’t show', async () => {
    const report = rbaReportOf(evaluateRba(await readRbaPeople(FILE)));

    expect(report).toContain('2 accounts (all users)');
    expect(report).toContain('| new-network | 100.0 % (21–100) |');
    expect(report).not.toMatch(/NaN|undefined/);
  });
});

import { describe, expect, it } from 'vitest';
import { temporaryDir } from '../support/data-dir.ts';
import { runCli } from '../support/run-cli.ts';

describe('the words of triage', () => {
  it.each<[string, string[], RegExp]>([
    [
      'a verdict that is none',
      ['findings', 'verdict', 'f1', 'guilty', '--reason', 'x'],
      /"guilty" is no verdict: true-positive/,
    ],
    ['a verdict without a reason', ['incidents', 'verdict', 'i1', 'true-positive'], /--reason is missing/],
    [
      'a verdict on nothing',
      ['incidents', 'verdict', 'true-positive', '--reason', 'xyz'],
      /Give one id or more/,
    ],
    ['an incident that is none', ['incidents', 'show', 'i9'], /There is no incident "i9"/],
    ['a suppression of everything', ['suppressions', 'add', '--reason', 'quiet'], /would silence everything/],
    [
      'a suppression of a rule that is none',
      ['suppressions', 'add', '--rule', 'noise', '--reason', 'quiet'],
      /there is no rule "noise"/,
    ],
    ['a suppression without a reason', ['suppressions', 'add', '--asn', '64500'], /--reason is missing/],
    ['a user without a source', ['persons', 'unlink', 'ann'], /write SOURCE\/USER-ID/],
    ['a tag that is none', ['users', 'tag', 'chat/ann', 'boss'], /"boss" is no tag/],
  ])('refuse %s with a sentence and exit code 2', async (_, words, message) => {
    const { code, stderr } = await runCli(words, { dataDir: temporaryDir() });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it('suppress, list and end; a dry run saves nothing', async () => {
    const dataDir = temporaryDir();
    const dry = await runCli(['suppressions', 'add', '--rule', 'tor-exit', '--dry-run'], { dataDir });
    expect(dry.stderr).toContain('Nothing was saved.');
    const added = await runCli(
      ['suppressions', 'add', '--rule', 'tor-exit', '--days', 'never', '--reason', 'Our exit.', '--json'],
      { dataDir },
    );
    expect(JSON.parse(added.stdout)).toMatchObject({
      id: 's1',
      expiresAt: null,
      scope: { rule: 'tor-exit' },
    });
    expect((await runCli(['suppressions', 'end', 's1'], { dataDir })).code).toBe(0);
    const listed = await runCli(['suppressions', '--format', 'json'], { dataDir });
    expect(JSON.parse(listed.stdout)).toMatchObject({ rows: [{ id: 's1', inForce: false }], total: 1 });
  });
});

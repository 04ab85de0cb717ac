import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listCheck, networkList } from '../../src/contract/lists.ts';
import { temporaryDir } from '../support/data-dir.ts';
import { runCli } from '../support/run-cli.ts';

function desk() {
  const dir = temporaryDir();
  const file = join(dir, 'exits.txt');
  writeFileSync(file, '# exits of today\n192.0.2.1\n2001:db8::/32\nAS64500\n');
  const run = (...args: string[]) => runCli(['lists', ...args], { dataDir: join(dir, 'data') });
  return { dir, file, run };
}

describe('lists on the command line', () => {
  it('are imported, shown, asked and removed', async () => {
    const { file, run } = desk();
    expect(await run()).toMatchObject({
      ...{ code: 0, stdout: '' },
      stderr: expect.stringContaining('There is no list yet') as string,
    });
    const imported = await run('import', file, '--name', 'exits', '--tag', 'Datacenter', '--note', 'ours');
    expect(imported).toMatchObject({ code: 0, stdout: '' });
    expect(imported.stderr).toContain('"exits" (hosting) has 3 entries without an end: 3 new');

    const [list] = networkList.array().parse(JSON.parse((await run('--json')).stdout));
    expect(list).toMatchObject({ name: 'exits', tag: 'hosting', note: 'ours', entries: 3, expiresAt: null });
    expect((await run()).stdout).toMatch(/name .*tag .*entries[\s\S]*exits .*hosting .*3/);

    const answer = await run('check', '2001:DB8::7', '--json');
    expect(listCheck.parse(JSON.parse(answer.stdout)).matches).toMatchObject([
      { list: 'exits', tag: 'hosting', entry: '2001:db8::/32', inForce: true },
    ]);
    const none = await run('check', '198.51.100.1');
    expect(none).toMatchObject({ code: 0, stdout: '' });
    expect(none.stderr).toContain('198.51.100.1 is on none of your lists.');

    expect(await run('remove', 'exits')).toMatchObject({ code: 0, stdout: '' });
    expect(JSON.parse((await run('--json')).stdout)).toEqual([]);
  });

  it('end with 3 when lines were left out, which are named, and take the rest', async () => {
    const { dir, run } = desk();
    const file = join(dir, 'case.csv');
    writeFileSync(file, 'ip,why\n192.0.2.1,seen\nnobody,?\n');
    const imported = await run('import', file, '--name', 'case', '--tag', 'listed', '--expires', 'never');
    expect(imported.code).toBe(3);
    expect(imported.stderr).toContain('1 new');
    expect(imported.stderr).toContain('line 3: No address');
    expect(imported.stderr).not.toContain('nobody');
  });

  it.each([
    [['--name', 'a', '--tag', 'evil'], /"evil" is none of/],
    [['--name', 'a', '--tag', 'tor', '--expires', 'soon'], /"soon" is no moment/],
    [['--name', 'a', '--tag', 'tor', '--expires', '2020-01-01'], /has passed/],
    [['--tag', 'tor'], /--name/],
    [['--name', '', '--tag', 'tor'], /empty/],
  ])('refuse %j as wrong usage, in words', async (options, words) => {
    const { file, run } = desk();
    const refused = await run('import', file, ...options);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(words);
    expect(refused.stderr).not.toMatch(/\n\s+at /);
  });

  it('refuse a list that is not there', async () => {
    const { run } = desk();
    expect(await run('remove', 'nothing')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no list "nothing"') as string,
    });
  });
});

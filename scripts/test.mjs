// Everything that must hold, in the order of what fails fastest. The last line counts what was run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { ensureBuilt, root } from './setup.mjs';

const results = join(root, '.cache', 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const bin = (name) => join(root, 'node_modules', '.bin', name);
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a program under this Node (24) with its output on this terminal; true when it exits with 0. */
function succeeds(program, args, env = {}) {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path, ...env },
  });
  return status === 0;
}

/** A check counts as one test. */
function check(title, ...command) {
  process.stdout.write(`\n— ${title}\n`);
  const isPassed = succeeds(...command);
  total[isPassed ? 'passed' : 'failed'] += 1;
}

function add({ passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

check('types', bin('tsc'), ['-b']);
check('lint', bin('eslint'), ['--max-warnings', '0', '.']);
check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
check('layers', process.execPath, ['checks/layers.ts']);
check('docs of the rules', process.execPath, ['checks/rules-doc.ts']);
check('licences', process.execPath, ['checks/licences.ts']);
check('unused code', bin('knip'), []);

process.stdout.write('\n— build\n');
ensureBuilt();
check('bundles', process.execPath, ['checks/bundles.ts']);

process.stdout.write('\n— unit and integration tests\n');
const unit = join(results, 'unit.json');
const isUnitGreen = succeeds(bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unit}`,
]);
add(countVitest(unit, isUnitGreen));

process.stdout.write('\n— browser tests\n');
const browser = await findBrowser();
if (browser === null) {
  process.stdout.write('skipped: no Chromium on this machine\n');
  total.skipped += 1;
} else {
  const e2e = join(results, 'e2e.json');
  const isE2eGreen = succeeds(bin('playwright'), ['test'], {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: e2e,
  });
  add(countPlaywright(e2e, isE2eGreen));
}

process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** A runner that failed without a failed test (a file that does not load) still counts as one failure. */
function countVitest(file, isGreen) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const failed = isGreen ? numFailedTests : Math.max(1, numFailedTests);
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

function countPlaywright(file, isGreen) {
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  const failed = isGreen ? stats.unexpected : Math.max(1, stats.unexpected);
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

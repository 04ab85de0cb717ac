// The door of a checkout: `npm start`, `npm run demo`, `npm test`, `npm run bench`, `npm run eval` and `npm run sessionscope` all come
// through here. It installs and builds what is missing or stale, then goes on under Node 24. It runs under Node 20 and
// has no dependencies, because on a fresh clone nothing else is there. What it says goes to stderr: stdout is for data.
import { electronBinary } from './electron.mjs';
import { ensureBuilt, ensureInstalled, node24, run, say } from './setup.mjs';

const CLI = 'out/main/cli.js';

const commands = {
  build: async () => {
    ensureBuilt({ force: true });
    return 0;
  },
  cli: async (args) => {
    ensureBuilt();
    return run(node24(), [CLI, ...args]);
  },
  start: async (args) => openApp(args, ['serve', '--open', ...args]),
  demo: async (args) => {
    if (args.includes('--headless') || args.includes('--help')) return commands.cli(['demo', ...args]);
    return openApp(['--demo', ...args], ['demo', ...args]);
  },
  test: async (args) => run(node24(), ['scripts/test.mjs', ...args]),
  bench: async (args) => run(node24(), ['test/bench/run.ts', ...args]),
  eval: async (args) => run(node24(), ['test/eval/run.ts', ...args]),
};

/** The desktop app where its binary is or can be fetched; else the same page in a browser. */
async function openApp(desktopArgs, webArgs) {
  ensureBuilt();
  const electron = electronBinary(node24());
  if (electron !== null) return run(electron, ['.', ...desktopArgs]);
  say(
    'The Electron binary is not here and could not be downloaded: opening the same app in a browser instead.',
  );
  return run(node24(), [CLI, ...webArgs]);
}

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
try {
  if (command === undefined)
    throw new Error(`Unknown command "${name}": use one of ${Object.keys(commands).join(', ')}.`);
  ensureInstalled();
  process.exitCode = await command(args);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

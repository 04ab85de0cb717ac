import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { GeoipDatabase, GeoipStatus } from '../../contract/geoip.ts';
import { EXIT } from '../exit.ts';
import { print, printTable, say, type Column } from '../output.ts';
import { withEngine, type EngineOptions } from '../with-engine.ts';

const columns: readonly Column<GeoipDatabase>[] = [
  { title: 'name', cell: ({ name }) => name },
  { title: 'role', cell: ({ role }) => role },
  { title: 'origin', cell: ({ origin }) => origin },
  { title: 'built on', cell: ({ builtOn }) => builtOn },
  {
    title: 'age',
    cell: ({ ageDays, stale }) => (ageDays === null ? null : `${ageDays} days${stale ? ' (stale)' : ''}`),
  },
  { title: 'families', cell: ({ ipVersions }) => ipVersions.map((version) => `IPv${version}`).join(' ') },
];

/** `geoip status` and `geoip import FILE.mmdb`. */
export function addGeoip(program: Command, globals: () => EngineOptions): void {
  const geoip = program.command('geoip').description('where places and networks come from');

  geoip
    .command('status')
    .description('the databases in use, their age and their attributions')
    .option('--json', 'print one object')
    .action(async ({ json }: { json?: boolean }) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        printStatus(await call.geoip.status(), json === true);
        return EXIT.done;
      });
    });

  geoip
    .command('import')
    .description("use an analyst's own database (GeoIP2, GeoLite2, DB-IP) in place of the bundled one")
    .argument('<file>', 'an .mmdb file; it is copied into the data directory')
    .action(async (file: string) => {
      process.exitCode = await withEngine(globals(), async ({ call }) => {
        printStatus(await call.geoip.import({ file: resolve(file) }), false);
        return EXIT.done;
      });
    });
}

function printStatus(status: GeoipStatus, isJson: boolean): void {
  if (isJson) {
    print(JSON.stringify(status));
    return;
  }
  printTable(status.databases, columns);
  for (const line of [...status.problems, ...status.attributions]) say(line);
}

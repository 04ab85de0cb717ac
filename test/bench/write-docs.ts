import { readFileSync, writeFileSync } from 'node:fs';
import { cellsOf, columns, notesOf, type Result } from './results.ts';

const BEGIN = '<!-- results: written by `npm run bench -- --write-docs`, never by hand -->';
const END = '<!-- end of results -->';

/** Replaces the results in docs/benchmarks.md: no number there is ever typed. */
export async function writeDocs(results: readonly Result[]): Promise<void> {
  const file = new URL('../../docs/benchmarks.md', import.meta.url);
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error('docs/benchmarks.md has lost the marks around its results.');
  writeFileSync(file, `${text.slice(0, from)}${BEGIN}\n\n${markdownOf(results)}\n${text.slice(to)}`);
}

/** Run by run, in the order they were made. */
function markdownOf(results: readonly Result[]): string {
  if (results.length === 0) return 'Nothing was measured yet.\n';
  const moments = [...new Set(results.map(({ run }) => run.startedAt))].sort();
  return moments.map((moment) => runOf(results.filter(({ run }) => run.startedAt === moment))).join('\n');
}

function runOf(results: readonly Result[]): string {
  const [first] = results;
  if (first === undefined) return '';
  const { machine, startedAt } = first.run;
  // Where the lines went matters on the machine they were made on.
  const command = first.run.command.replace(/ --json \S+/, '');
  const notes = notesOf(results);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `${machine.words}; ${startedAt.slice(0, 16).replace('T', ' ')} UTC; \`${command}\`.`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...results.map((result) => line(cellsOf(result))),
    ...(notes.length === 0 ? [] : ['', '```text', ...notes, '```']),
    '',
  ].join('\n');
}

import { readFileSync, writeFileSync } from 'node:fs';
import { cellsOf, columns, jsonLine, lastOf, notesOf, resultsIn, type Result } from './results.ts';

const BEGIN = '<!-- results: written by `npm run bench -- --write-docs`, never by hand -->';
const END = '<!-- end of results -->';

const page = new URL('../../docs/benchmarks.md', import.meta.url);
/** What the page is written from: of each benchmark the lines of its last run. */
const kept = new URL('../../docs/benchmarks.jsonl', import.meta.url);

/** Puts results in the place of those of earlier runs in docs/benchmarks.md: no number there is ever typed. */
export async function writeDocs(fresh: readonly Result[]): Promise<void> {
  const results = lastOf(resultsIn(readFileSync(kept, 'utf8')), fresh.map(withoutPath));
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error('docs/benchmarks.md has lost the marks around its results.');
  writeFileSync(kept, results.map((result) => `${jsonLine(result)}\n`).join(''));
  writeFileSync(page, `${text.slice(0, from)}${BEGIN}\n\n${markdownOf(results)}\n${text.slice(to)}`);
}

/** Where the lines went matters on the machine they were made on. */
function withoutPath({ run, ...result }: Result): Result {
  return { ...result, run: { ...run, command: run.command.replace(/ --json \S+/, '') } };
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
  const notes = notesOf(results);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `${machine.words}; ${startedAt.slice(0, 16).replace('T', ' ')} UTC; \`${first.run.command}\`.`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...results.map((result) => line(cellsOf(result))),
    ...(notes.length === 0 ? [] : ['', '```text', ...notes, '```']),
    '',
  ].join('\n');
}

import { readFileSync, writeFileSync } from 'node:fs';
import { reportOf, type Results } from './report.ts';

const BEGIN = '<!-- results: written by `npm run eval -- --write-docs`, never by hand -->';
const END = '<!-- end of results -->';

/** Replaces the results in docs/evaluation.md: no number there is ever typed. */
export function writeDocs(results: Results): void {
  const file = new URL('../../docs/evaluation.md', import.meta.url);
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error('docs/evaluation.md has lost the marks around its results.');
  writeFileSync(file, `${text.slice(0, from)}${BEGIN}\n\n${reportOf(results)}\n${text.slice(to)}`);
}

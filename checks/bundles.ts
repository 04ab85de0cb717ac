// Reads the built app: what a layer rule forbids in the source must not come in by a bundler either.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of script the page may load at once and in all; grow them on purpose or not at all. */
const MAX_ENTRY_BYTES = 900_000;
const MAX_TOTAL_BYTES = 4_000_000;

const problems: string[] = [];
const scripts = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name));

for (const file of scripts('out/main')) {
  const isShell = file === join('out', 'main', 'index.js');
  const mentionsElectron = /(from|require\(|import\()\s*["']electron["']/.test(readFileSync(file, 'utf8'));
  if (mentionsElectron && !isShell) problems.push(`${file} imports electron; only the shell may`);
}

let total = 0;
for (const file of scripts('out/renderer')) {
  const text = readFileSync(file, 'utf8');
  const bytes = statSync(file).size;
  total += bytes;
  if (/["']node:[a-z]/.test(text)) problems.push(`${file} mentions a node: module`);
  if (text.includes('ZodError')) problems.push(`${file} contains zod; import types only`);
  if (/index-[^/]*\.js$/.test(file) && bytes > MAX_ENTRY_BYTES)
    problems.push(`${file}: ${bytes} bytes, at most ${MAX_ENTRY_BYTES}`);
}
if (total === 0) problems.push('no page was built');
if (total > MAX_TOTAL_BYTES)
  problems.push(`the page is ${total} bytes of script, at most ${MAX_TOTAL_BYTES}`);

for (const problem of problems) console.error(problem);
console.log(`page: ${Math.round(total / 1000)} kB of script; ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

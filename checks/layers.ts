// Holds the imports of `src` against the table in layer-rules.ts. `node checks/layers.ts [folder]`
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf, type Import } from './imports.ts';
import { zones as rules, type Zone } from './layer-rules.ts';

/** Below this many files the check has not seen the tree it is for. */
const MIN_FILES = 60;
/** Style: one idea a file; past this many lines there is a second one. */
const MAX_LINES = 350;

export type LayerReport = {
  readonly files: number;
  readonly imports: number;
  readonly violations: readonly string[];
};

/** Checks every source file below `root`/src: forbidden, computed and cyclic imports, uncovered files, stale rules. */
export function checkLayers(root: string, zones: readonly Zone[] = rules): LayerReport {
  const files = sourceFiles(join(root, 'src')).map((file) => relative(root, file));
  const violations: string[] = [];
  const used = new Set<string>();
  const graph = new Map<string, string[]>();
  let count = 0;
  for (const file of files) {
    const zone = zones.find((each) => matches(each.files, file));
    if (zone === undefined) {
      violations.push(`${file}: no zone covers it; add one to checks/layer-rules.ts`);
      continue;
    }
    const found = importsOf(join(root, file));
    count += found.length;
    graph.set(
      file,
      found.flatMap(({ specifier }) => targetOf(root, file, specifier) ?? []),
    );
    for (const each of found) {
      const problem = judge(root, file, zone, each, used);
      if (problem !== null) violations.push(`${file}:${each.line}: ${problem}`);
    }
  }
  violations.push(...cycles(graph), ...staleRules(zones, used));
  return { files: files.length, imports: count, violations };
}

function judge(
  root: string,
  file: string,
  zone: Zone,
  { specifier }: Import,
  used: Set<string>,
): string | null {
  if (specifier === null) return 'a computed import can not be checked; write the module name out';
  const target = targetOf(root, file, specifier);
  if (target === undefined) {
    const allowed = zone.packages.find(
      (name) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`),
    );
    if (allowed !== undefined) used.add(`${zone.files} ${allowed}`);
    return allowed === undefined
      ? `"${specifier}" is not allowed here; ${zone.files} may use ${list(zone.packages)}`
      : null;
  }
  if (isOwn(zone, file, target)) return null;
  const allowed = zone.paths.find((path) => target.startsWith(path));
  if (allowed !== undefined) used.add(`${zone.files} ${allowed}`);
  return allowed === undefined
    ? `${target} is out of bounds; ${zone.files} may import ${list(zone.paths)}`
    : null;
}

function isOwn(zone: Zone, file: string, target: string): boolean {
  if (zone.ownFolderOnly === true) return dirname(target) === dirname(file);
  return zone.files.endsWith('/') && target.startsWith(zone.files);
}

/** The file a relative import means; undefined for a package. */
function targetOf(root: string, file: string, specifier: string | null): string | undefined {
  if (!specifier?.startsWith('.')) return undefined;
  const path = resolve(root, dirname(file), specifier.replace(/\?.*$/, ''));
  const found = [path, `${path}.ts`, `${path}.tsx`].find(
    (each) => existsSync(each) && statSync(each).isFile(),
  );
  return relative(root, found ?? path);
}

function matches(pattern: string, file: string): boolean {
  if (!pattern.includes('*')) return file.startsWith(pattern);
  const [before = '', after = ''] = pattern.split('*');
  return file.startsWith(before) && file.slice(before.length).indexOf(after) > 0;
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file))
      found.push(`import cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
    if (done.has(file)) return;
    done.add(file);
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}

function staleRules(zones: readonly Zone[], used: ReadonlySet<string>): readonly string[] {
  return zones.flatMap(({ files, paths, packages }) =>
    [...paths, ...packages]
      .filter((entry) => !SHARED.has(entry) && !used.has(`${files} ${entry}`))
      .map(
        (entry) => `checks/layer-rules.ts: nothing in ${files} uses "${entry}" any more; delete the entry`,
      ),
  );
}

/** Entries that several zones get from one list: unused in one of them is not stale. */
const SHARED: ReadonlySet<string> = new Set(
  rules
    .flatMap(({ paths }) => paths)
    .filter((path, _index, all) => all.indexOf(path) !== all.lastIndexOf(path)),
);

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|cts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const list = (entries: readonly string[]) => (entries.length === 0 ? 'nothing else' : entries.join(', '));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? '.');
  const { files, imports, violations } = checkLayers(root);
  const { readFileSync } = await import('node:fs');
  const long = sourceFiles(join(root, 'src'))
    .map((file) => ({ file: relative(root, file), lines: readFileSync(file, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ file, lines }) => `${file}: ${lines} lines, at most ${MAX_LINES}; look for the second idea`);
  const problems = [...violations, ...long];
  if (files < MIN_FILES)
    problems.push(`only ${files} files seen, at least ${MIN_FILES} expected: is this the right folder?`);
  for (const problem of problems) console.error(problem);
  console.log(`${files} files, ${imports} imports, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

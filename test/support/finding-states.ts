import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FindingState } from '../../src/contract/finding.ts';
import { codeOf, findingStates } from '../../src/engine/query/codes.ts';
import type { TestStore } from './data-dir.ts';

/** Puts every stored finding into a state, as if an analyst had. */
export function setFindingStates({ dataDir }: TestStore, state: FindingState): void {
  const db = new Database(join(dataDir, 'sessionscope.db'));
  db.prepare('UPDATE finding SET state = ?').run(codeOf(findingStates, state));
  db.close();
}

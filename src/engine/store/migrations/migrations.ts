import { first } from './0010-first.ts';
import { lean } from './0020-lean.ts';
import { bytes, bytesFunctions } from './0030-bytes.ts';
import { followFacts } from './0040-findings.ts';
import { triage } from './0050-triage.ts';
import { persons } from './0060-persons.ts';
import { lists } from './0070-lists.ts';
import { organisation } from './0080-organisation.ts';
import { fileSources } from './0090-file-sources.ts';
import { watch } from './0100-watch.ts';
import { origins } from './0110-origins.ts';
import { counted } from './0120-counted.ts';
import { seen } from './0130-seen.ts';
import { brief } from './0140-brief.ts';
import { repeats, repeatsTables } from './0150-repeats.ts';
import { originsOfFindings } from './0160-origins-of-findings.ts';
import type { StepTable } from './step-table.ts';

export type Migration = {
  /** What `user_version` is afterwards; grows by 10, so that a fix can go between. */
  readonly version: number;
  readonly sql: string;
  /** What the text calls that SQLite has not; what they answer is a format and never changes. */
  readonly functions?: StepFunctions;
  readonly tables?: Readonly<Record<string, StepTable>>;
};

/** By name, from texts to bytes. */
type StepFunctions = Readonly<Record<string, (...texts: string[]) => Buffer>>;

/** Every step from an empty file to today's schema. A step that was released never changes. */
export const migrations: readonly Migration[] = [
  { version: 10, sql: first },
  { version: 20, sql: lean },
  { version: 30, sql: bytes, functions: bytesFunctions },
  { version: 40, sql: followFacts },
  { version: 50, sql: triage },
  { version: 60, sql: persons },
  { version: 70, sql: lists },
  { version: 80, sql: organisation },
  { version: 90, sql: fileSources },
  { version: 100, sql: watch },
  { version: 110, sql: origins },
  { version: 120, sql: counted },
  { version: 130, sql: seen },
  { version: 140, sql: brief },
  { version: 150, sql: repeats, tables: repeatsTables },
  { version: 160, sql: originsOfFindings },
];

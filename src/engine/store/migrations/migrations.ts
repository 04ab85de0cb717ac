import { first } from './0010-first.ts';
import { lean } from './0020-lean.ts';

export type Migration = {
  /** What `user_version` is afterwards; grows by 10, so that a fix can go between. */
  readonly version: number;
  readonly sql: string;
};

/** Every step from an empty file to today's schema. A step that was released never changes. */
export const migrations: readonly Migration[] = [
  { version: 10, sql: first },
  { version: 20, sql: lean },
];

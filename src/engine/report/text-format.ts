import type { Session } from '../../contract/session.ts';

/**
 * How a session is written as a line of text: `begin`, its members in the contract's order with a comma between them,
 * `end`. A member is its name and its value; members that always stand together can be written once and kept.
 */
export type TextFormat = {
  /** What comes before the first line. */
  readonly header: string;
  readonly begin: string;
  readonly end: string;
  /** What stands before a member's value. */
  readonly name: (key: keyof Session) => string;
  /** The value of what is not known. */
  readonly unknown: string;
  readonly text: (value: string) => string;
  readonly number: (value: number) => string;
  readonly flag: (value: boolean) => string;
  readonly list: (values: readonly string[]) => string;
};

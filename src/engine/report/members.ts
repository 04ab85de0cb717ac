import type { Session } from '../../contract/session.ts';
import type { TextFormat } from './text-format.ts';

type Key = keyof Session;

/** Writers of one member each: made once for a key, then used for every row. Null is unknown. */
export type Members = {
  readonly text: (key: Key) => (value: string | null) => string;
  readonly number: (key: Key) => (value: number | null) => string;
  readonly flag: (key: Key) => (value: boolean | null) => string;
  readonly list: (key: Key) => (values: readonly string[]) => string;
  /** The value's text is known to hold nothing that has to be escaped, in any format. */
  readonly clean: (key: Key) => (value: string | null) => string;
};

export function membersOf(format: TextFormat): Members {
  const writer =
    <T>(encode: (value: T) => string) =>
    (key: Key) => {
      const name = format.name(key);
      const unknown = name + format.unknown;
      return (value: T | null) => (value === null ? unknown : name + encode(value));
    };
  return {
    text: writer(format.text),
    number: writer(format.number),
    flag: writer(format.flag),
    list: writer(format.list),
    clean: writer((value: string) => `"${value}"`),
  };
}

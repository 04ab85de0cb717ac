import { Text } from '@mantine/core';
import type { ListName } from '../../contract/system.ts';
import { callProblemOf } from '../data/call-problem.ts';
import { counted } from '../text/counted.ts';
import { visibleString } from '../text/visible-text.ts';
import classes from './query-box.module.css';

type Props = {
  list: ListName;
  query: string;
  /** The text in the box is not applied yet. */
  isDraft: boolean;
  /** Null while they are being counted. */
  total: number | null;
  error: Error | null;
};

/** Beside the box how many rows are meant; below it what is wrong with the query, the place marked. */
export function QueryVerdict({ list, query, isDraft, total, error }: Props) {
  if (error !== null) {
    const { message, position } = callProblemOf(error);
    return (
      <div className={classes.wrong} role="alert">
        {position !== null && <MarkedQuery query={query} position={position} />}
        <Text c="var(--tone-critical)">{message}</Text>
      </div>
    );
  }
  return (
    <Text className={classes.total} c="dimmed" aria-live="polite">
      {isDraft ? 'Press Enter to apply' : counted(total, list.replace(/s$/, ''))}
    </Text>
  );
}

/** The query with the first character that was not understood underlined; a gap at its end stands for "here something is missing". */
function MarkedQuery({ query, position }: { query: string; position: number }) {
  const at = query.codePointAt(position);
  const marked = at === undefined ? '\u2423' : String.fromCodePoint(at);
  const rest = at === undefined ? '' : query.slice(position + marked.length);
  return (
    <code className={classes.marked}>
      {visibleString(query.slice(0, position))}
      <mark>{visibleString(marked)}</mark>
      {visibleString(rest)}
    </code>
  );
}

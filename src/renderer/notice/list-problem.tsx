import { TextSearch } from 'lucide-react';
import { callProblemOf } from '../data/call-problem.ts';
import { EmptyNotice } from './empty-notice.tsx';
import { NotThereNotice } from './not-there-notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** Why something could not be fetched. A query that is not understood is explained at the query box, once. */
export function ListProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, position } = callProblemOf(error);
  if (code === 'not-found') return <NotThereNotice />;
  if (position === null) return <ProblemNotice error={error} onRetry={onRetry} />;
  return (
    <EmptyNotice icon={<TextSearch size={28} />} title="The query is not understood">
      The place is marked under the query. Correct it there, or press ? for the fields and examples.
    </EmptyNotice>
  );
}

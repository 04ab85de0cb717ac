import { SearchX } from 'lucide-react';
import { EmptyNotice } from './empty-notice.tsx';

/** In place of one thing that an address names and the engine does not know. */
export function NotThereNotice() {
  return (
    <EmptyNotice icon={<SearchX size={28} />} title="It is not there">
      The address may be old: findings are withdrawn when late facts explain them, incidents of one attacker
      become one, and retention removes what is over.
    </EmptyNotice>
  );
}

import { PageLink } from '../address/page-link.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import classes from './overview.module.css';
import type { Count } from './use-counts.ts';

/** One number; it leads to the rows it counts. */
export function FigureTile({ name, tone, count, query, to }: Count & { to: string }) {
  return (
    <PageLink to={to} params={{ q: query }} className={classes.tile} underline="never">
      <span className={classes.figure}>{count === null ? '–' : count.toLocaleString()}</span>
      <ToneBadge tone={count === 0 ? 'info' : tone} dot>
        {name}
      </ToneBadge>
    </PageLink>
  );
}

import { PageLink } from '../address/page-link.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import classes from './overview.module.css';
import type { Figure } from './figures.ts';

type Props = Figure & {
  to: string;
  /** What stands for a number that is not known. */
  unknown: string;
};

/** One number; it leads to the rows it counts. */
export function FigureTile({ name, tone, count, query, to, unknown }: Props) {
  return (
    <PageLink to={to} params={{ q: query }} className={classes.tile} underline="never">
      <span className={classes.figure}>{count === null ? unknown : count.toLocaleString()}</span>
      <ToneBadge tone={count === 0 ? 'info' : tone} dot>
        {name}
      </ToneBadge>
    </PageLink>
  );
}

import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** A name and what is known under it; what is not known is drawn as such, not left out. */
export type Fact = readonly [name: string, value: ReactNode];

/** Names at the left, values at the right, all values in one column. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

import classes from './evidence.module.css';

/** One number of the evidence, and what to hold it against. */
export function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{value}</dd>
      <dd className={classes.note}>{note}</dd>
    </div>
  );
}

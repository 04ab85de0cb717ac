import type { ReactNode } from 'react';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './evidence.module.css';
import { evidenceName, evidenceNumber, isInstant } from './evidence-words.ts';

const MAX_DEPTH = 4;
const MAX_ENTRIES = 60;

/** Evidence of any rule in words and numbers: names with their units, times in the reader's zone, far-side text made safe. */
export function EvidenceTree({ evidence }: { evidence: Record<string, unknown> }) {
  return <Entries entries={Object.entries(evidence)} depth={0} />;
}

function Entries({ entries, depth }: { entries: readonly (readonly [string, unknown])[]; depth: number }) {
  return (
    <dl className={classes.tree}>
      {entries.slice(0, MAX_ENTRIES).map(([key, value]) => {
        const { name, unit } = evidenceName(key);
        return (
          <div key={key} className={classes.entry}>
            <dt>
              <UntrustedText text={name} maxLength={60} />
            </dt>
            <dd>{shown(value, unit, depth)}</dd>
          </div>
        );
      })}
      {entries.length > MAX_ENTRIES && <div>and {entries.length - MAX_ENTRIES} more</div>}
    </dl>
  );
}

function shown(value: unknown, unit: string, depth: number): ReactNode {
  if (value === null || value === undefined) return <UntrustedText text={null} />;
  if (typeof value === 'number') return <span className="tabular">{evidenceNumber(value, unit)}</span>;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') {
    return isInstant(value) ? <InstantText at={value} withSeconds /> : <UntrustedText text={value} wrap />;
  }
  if (depth >= MAX_DEPTH) return <UntrustedText text={JSON.stringify(value)} mono wrap />;
  if (Array.isArray(value)) return <Items items={value} unit={unit} depth={depth} />;
  return <Entries entries={Object.entries(value)} depth={depth + 1} />;
}

function Items({ items, unit, depth }: { items: readonly unknown[]; unit: string; depth: number }) {
  if (items.length === 0) return <>none</>;
  return (
    <ul className={classes.items}>
      {items.slice(0, MAX_ENTRIES).map((item, index) => (
        <li key={index}>{shown(item, unit, depth + 1)}</li>
      ))}
      {items.length > MAX_ENTRIES && <li>and {items.length - MAX_ENTRIES} more</li>}
    </ul>
  );
}

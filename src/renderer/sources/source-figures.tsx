import type { Source } from '../../contract/source.ts';
import { Advice } from '../notice/advice.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { duration } from '../text/times.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './sources.module.css';

/** The numbers of a source at a glance, and the rows of its last sweep that made no sense. */
export function SourceFigures({ source }: { source: Source }) {
  const isPolled = source.pollEverySeconds !== null;
  return (
    <>
      <dl className={classes.figures}>
        {isPolled ? <Polled source={source} /> : <Imported source={source} />}
      </dl>
      {source.rejectedRows > 0 && (
        <Advice tone="medium">
          {source.rejectedRows.toLocaleString()}{' '}
          {isPolled ? 'rows of the last sweep' : 'lines of the last import'} could not be understood and were
          left out:
          <ul className={classes.rejected}>
            {source.rejectedExamples.map((example) => (
              <li key={example}>
                <UntrustedText text={example} wrap />
              </li>
            ))}
          </ul>
        </Advice>
      )}
    </>
  );
}

function Polled({ source }: { source: Source }) {
  return (
    <>
      <div>
        <dt>Live sessions</dt>
        <dd className="tabular">{source.liveSessions.toLocaleString()}</dd>
      </div>
      <div>
        <dt>Last complete sweep</dt>
        <dd>
          <InstantText at={source.lastCompleteAt} form="relative" />
        </dd>
      </div>
      <div>
        <dt>Next poll</dt>
        <dd>
          <InstantText at={source.nextPollAt} form="relative" />
        </dd>
      </div>
      <div>
        <dt>Interval</dt>
        <dd>{duration((source.pollEverySeconds ?? 0) * 1000)}</dd>
      </div>
      <div>
        <dt>Secrets</dt>
        <dd>
          <UntrustedText text={source.secrets.join(', ')} wrap />
        </dd>
      </div>
    </>
  );
}

function Imported({ source }: { source: Source }) {
  return (
    <div>
      <dt>Last import</dt>
      <dd>
        <InstantText at={source.lastCompleteAt} form="relative" />
      </dd>
    </div>
  );
}

import { Text, Title } from '@mantine/core';
import { Check, Minus } from 'lucide-react';
import type { Source } from '../../contract/source.ts';
import { ruleName } from '../badge/rule-name.ts';
import { capabilityWords } from './capability-words.ts';
import { rulesNotEvaluable } from './rule-coverage.ts';
import classes from './sources.module.css';

/** What the source can do, and which rules can say nothing there. */
export function SourceDetails({ source }: { source: Source }) {
  const gaps = rulesNotEvaluable(source.capabilities);
  return (
    <div className={classes.details}>
      <section>
        <Title order={3}>What it can do</Title>
        <ul className={classes.words}>
          {capabilityWords(source.capabilities).map(({ text, isLimit }) => (
            <li key={text} data-limit={isLimit || undefined}>
              {isLimit ? <Minus size={14} aria-label="Limit" /> : <Check size={14} aria-hidden />}
              {text}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <Title order={3}>Rules that can’t be evaluated here</Title>
        {gaps.length === 0 ? (
          <Text c="dimmed">None: every rule gets what it needs from this source.</Text>
        ) : (
          <ul className={classes.words}>
            {gaps.map(({ rule, why }) => (
              <li key={rule} data-limit>
                <Minus size={14} aria-hidden />
                <span>
                  <b>{ruleName(rule)}.</b> {why}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

import { List, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SuppressionScope } from '../../contract/suppression.ts';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { useEngine } from '../engine-client.ts';
import { Advice } from '../notice/advice.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { PreviewBox } from '../notice/preview-box.tsx';
import { counted } from '../text/counted.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './triage.module.css';

const SHOWN = 5;

/** What a scope would have kept from the analyst in the last 90 days. */
export function SuppressionPreviewView({ scope }: { scope: Partial<SuppressionScope> }) {
  const engine = useEngine();
  const preview = useQuery({
    queryKey: ['findings', 'suppression-preview', scope],
    queryFn: ({ signal }) => engine.suppressions.preview.query({ scope }, { signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <PreviewBox label="What you would not have been told">
      <Fetched result={preview} lines={4}>
        {({ total, days, findings, incidents, warnings }) => (
          <>
            <Text fw={600}>
              Of the last {days} days: {counted(total, 'open finding')} and{' '}
              {counted(incidents.length, 'incident')} would vanish
            </Text>
            <ul className={classes.previewed}>
              {findings.slice(0, SHOWN).map((finding) => (
                <li key={finding.id}>
                  <SeverityBadge severity={finding.severity} />
                  <UntrustedText text={finding.title} />
                  <UntrustedText text={finding.userName ?? finding.userId} />
                  <InstantText at={finding.at} form="relative" />
                </li>
              ))}
            </ul>
            {total > SHOWN && <Text c="dimmed">and {(total - SHOWN).toLocaleString()} more</Text>}
            {warnings.length > 0 && (
              <Advice tone="high" title="Read this before you go on">
                <List size="sm">
                  {warnings.map((warning) => (
                    <List.Item key={warning}>{warning}</List.Item>
                  ))}
                </List>
              </Advice>
            )}
          </>
        )}
      </Fetched>
    </PreviewBox>
  );
}

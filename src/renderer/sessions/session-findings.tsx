import { Group, Text } from '@mantine/core';
import type { Session } from '../../contract/session.ts';
import { PageLink } from '../address/page-link.tsx';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { useList } from '../data/use-list.ts';
import { ExplanationExcerpt } from '../evidence/explanation-excerpt.tsx';
import { PanelSection } from '../frame/panel-section.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { term } from '../query/term.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './sessions.module.css';

/** Findings of one session that are drawn. */
const MAX_FINDINGS = 100;

/** The findings that name this session, the worst first, suppressed ones with their reason. */
export function SessionFindings({ session }: { session: Session }) {
  const list = useList('findings', {
    query: term('key', session.key),
    sort: '-severity',
    limit: MAX_FINDINGS,
    counted: false,
  });
  if (!list.error && list.rows.length === 0) return null;
  return (
    <PanelSection title="Findings">
      {list.error !== null && <ProblemNotice error={list.error} onRetry={list.reload} />}
      {list.rows.map((finding) => (
        <div key={finding.id} className={classes.finding}>
          <Group gap="xs" justify="space-between" wrap="nowrap">
            <PageLink to="/findings" params={{ q: undefined, finding: finding.id }} size="sm" fw={600}>
              <UntrustedText text={finding.title} wrap />
            </PageLink>
            <SeverityBadge severity={finding.severity} />
          </Group>
          <ExplanationExcerpt finding={finding} />
          <Text c="dimmed" size="xs">
            <InstantText at={finding.at} />, {finding.state}
          </Text>
        </div>
      ))}
    </PanelSection>
  );
}

import { Group, Text } from '@mantine/core';
import type { Session } from '../../contract/session.ts';
import { PageLink } from '../address/page-link.tsx';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { useList } from '../data/use-list.ts';
import { PanelSection } from '../frame/panel-section.tsx';
import { term } from '../query/term.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './sessions.module.css';

/** The findings that name this session, suppressed ones with their reason. */
export function SessionFindings({ session }: { session: Session }) {
  const list = useList('findings', { query: term('key', session.key), limit: 100, counted: false });
  if (list.rows.length === 0) return null;
  return (
    <PanelSection title="Findings">
      {list.rows.map((finding) => (
        <div key={finding.id} className={classes.finding}>
          <Group gap="xs" justify="space-between" wrap="nowrap">
            <PageLink to="/findings" params={{ q: undefined, finding: finding.id }} size="sm" fw={600}>
              <UntrustedText text={finding.title} wrap />
            </PageLink>
            <SeverityBadge severity={finding.severity} />
          </Group>
          <Text c="dimmed" component="div">
            <UntrustedText text={finding.suppressedBy ?? finding.explanation} wrap />
          </Text>
          <Text c="dimmed" size="xs">
            <InstantText at={finding.at} />, {finding.state}
          </Text>
        </div>
      ))}
    </PanelSection>
  );
}

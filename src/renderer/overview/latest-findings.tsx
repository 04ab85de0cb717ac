import { Text } from '@mantine/core';
import { PageLink } from '../address/page-link.tsx';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { useList } from '../data/use-list.ts';
import { LoadingNotice } from '../notice/loading-notice.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './overview.module.css';

const SHOWN = 10;

/** Open findings, the latest first. */
export function LatestFindings() {
  const list = useList('findings', { query: 'state:open', sort: '-at', limit: SHOWN, counted: false });
  if (list.error) return <ProblemNotice error={list.error} onRetry={list.reload} />;
  if (list.isLoading) return <LoadingNotice lines={6} />;
  if (list.rows.length === 0) {
    return (
      <Text c="dimmed" py="sm">
        No rule holds anything against a session.
      </Text>
    );
  }
  return (
    <ul className={classes.findings}>
      {list.rows.map((finding) => (
        <li key={finding.id}>
          <SeverityBadge severity={finding.severity} />
          <div style={{ minWidth: 0 }}>
            <PageLink to="/findings" params={{ q: undefined, finding: finding.id }} size="sm" c="inherit">
              <UntrustedText text={finding.title} />
            </PageLink>
            <Text c="dimmed" size="xs" component="div" className={classes.under}>
              <UntrustedText text={finding.userName ?? finding.userId} />
              <span>at {finding.source}</span>
            </Text>
          </div>
          <Text c="dimmed" size="xs">
            <InstantText at={finding.at} form="relative" />
          </Text>
        </li>
      ))}
    </ul>
  );
}

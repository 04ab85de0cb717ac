import { Title } from '@mantine/core';
import type { Finding } from '../../contract/finding.ts';
import { PageLink } from '../address/page-link.tsx';
import { SeverityBadge } from '../badge/severity-badge.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfFinding } from '../badge/tone.ts';
import { ExplanationExcerpt } from '../evidence/explanation-excerpt.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './incidents.module.css';

/** What the incident is made of; each leads to its evidence. */
export function IncidentFindings({ findings }: { findings: readonly Finding[] }) {
  return (
    <section>
      <Title order={3} mb={6}>
        Findings
      </Title>
      <ul className={classes.findings}>
        {findings.map(({ id, severity, state, title, explanation, suppressedBy }) => (
          <li key={id}>
            <SeverityBadge severity={severity} />
            <div className={classes.words}>
              <PageLink to="/findings" params={{ q: undefined, finding: id }} size="sm" c="inherit">
                <UntrustedText text={title} wrap />
              </PageLink>
              <ExplanationExcerpt finding={{ explanation, suppressedBy }} />
            </div>
            <ToneBadge tone={toneOfFinding[state]} title={suppressedBy ?? undefined} dot>
              {state}
            </ToneBadge>
          </li>
        ))}
      </ul>
    </section>
  );
}

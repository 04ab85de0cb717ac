import { Text } from '@mantine/core';
import type { Finding } from '../../contract/finding.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';

/** Longer than the lines that are drawn, in UTF-16 units. */
const MAX_LENGTH = 800;

/** The first lines of why a finding was made, or why it does not alert; the finding itself has all of it. */
export function ExplanationExcerpt({ finding }: { finding: Pick<Finding, 'explanation' | 'suppressedBy'> }) {
  return (
    <Text c="dimmed" size="xs" component="div" lineClamp={3}>
      <UntrustedText text={finding.suppressedBy ?? finding.explanation} maxLength={MAX_LENGTH} wrap />
    </Text>
  );
}

import { Text } from '@mantine/core';
import type { Finding } from '../../contract/finding.ts';
import { Advice } from '../notice/advice.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedLines } from '../text/untrusted-lines.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { verdictWords } from './verdict-words.ts';

type Props = Pick<Finding, 'verdict' | 'verdictReason' | 'verdictBy' | 'verdictAt'> & {
  duplicateOf?: string | null;
};

/** What was decided, by whom and why; nothing where nobody did. */
export function DecisionView({ verdict, verdictReason, verdictBy, verdictAt, duplicateOf = null }: Props) {
  if (verdict === null) return null;
  const { name } = verdictWords[verdict];
  return (
    <Advice
      tone={verdict === 'true-positive' ? 'critical' : 'info'}
      title={duplicateOf === null ? name : `${name} of ${duplicateOf}`}
    >
      <UntrustedLines text={verdictReason ?? ''} />
      <Text c="dimmed" size="xs" component="div">
        <UntrustedText text={verdictBy} wrap />, <InstantText at={verdictAt} />
      </Text>
    </Advice>
  );
}

import { Button, Group, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { callProblemOf } from '../data/call-problem.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { duration } from '../text/times.ts';
import classes from './notice.module.css';

/** A failed call: the sentence, the code to look up, and a way to try again. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { code, message, retryAfterMs } = callProblemOf(error);
  return (
    <div className={classes.problem} role="alert">
      <CircleAlert size={18} className={classes.problemIcon} aria-hidden />
      <div>
        <UntrustedText text={message} wrap />
        <Group gap="xs" mt={4}>
          <Text size="xs" c="dimmed" className="mono">
            {code}
          </Text>
          {retryAfterMs !== null && (
            <Text size="xs" c="dimmed">
              Waiting {duration(retryAfterMs)} may help.
            </Text>
          )}
        </Group>
        {onRetry && (
          <Button variant="default" mt="xs" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

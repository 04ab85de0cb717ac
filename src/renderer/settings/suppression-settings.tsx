import { Button, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Suppression } from '../../contract/suppression.ts';
import { PageLink } from '../address/page-link.tsx';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { counted } from '../text/counted.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedLines } from '../text/untrusted-lines.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { scopeWords } from '../triage/scope-words.ts';

/** Every decision not to be told of something, with what it silenced; ended here, made from a finding. */
export function SuppressionSettings() {
  const engine = useEngine();
  const suppressions = useQuery({
    queryKey: ['findings', 'suppressions'],
    queryFn: ({ signal }) => engine.suppressions.list.query(undefined, { signal }),
  });
  return (
    <Fetched result={suppressions} lines={3}>
      {(list) =>
        list.length === 0 ? (
          <Text c="dimmed">Nothing is suppressed. A finding’s “Suppress…” shows what it would silence.</Text>
        ) : (
          <Table verticalSpacing={6} aria-label="Suppressions">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>What</Table.Th>
                <Table.Th>Reason</Table.Th>
                <Table.Th>By</Table.Th>
                <Table.Th>Until</Table.Th>
                <Table.Th>Silenced</Table.Th>
                <Table.Th>
                  <VisuallyHidden>Actions</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((each) => (
                <Row key={each.id} suppression={each} />
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Fetched>
  );
}

function Row({ suppression }: { suppression: Suppression }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const { id, scope, reason, owner, expiresAt, endedAt, inForce, hits } = suppression;
  const end = useMutation({
    mutationFn: () => engine.suppressions.end.mutate({ id }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <Table.Tr c={inForce ? undefined : 'dimmed'}>
      <Table.Td>
        <UntrustedText text={scopeWords(scope).join(', ')} wrap />
      </Table.Td>
      <Table.Td>
        <UntrustedLines text={reason} />
      </Table.Td>
      <Table.Td>
        <UntrustedText text={owner} />
      </Table.Td>
      <Table.Td>
        {endedAt !== null ? (
          <>
            ended <InstantText at={endedAt} />
          </>
        ) : expiresAt === null ? (
          'never expires'
        ) : (
          <InstantText at={expiresAt} />
        )}
      </Table.Td>
      <Table.Td>
        <PageLink to="/findings" params={{ q: `suppression:${id}` }} size="sm">
          {counted(hits, 'finding')}
        </PageLink>
      </Table.Td>
      <Table.Td>
        {endedAt === null && (
          <Button
            variant="default"
            loading={end.isPending}
            onClick={() => end.mutate()}
            aria-label={`End ${id}`}
          >
            End
          </Button>
        )}
        {end.isError && <ProblemNotice error={end.error} />}
      </Table.Td>
    </Table.Tr>
  );
}

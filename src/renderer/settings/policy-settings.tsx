import { Button, Group, MultiSelect, Radio, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CountryPolicy } from '../../contract/country-policy.ts';
import { PageLink } from '../address/page-link.tsx';
import { useSystemInfo } from '../data/use-system-info.ts';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { countryOptions, matchingCountries } from './country-options.ts';
import { policyDraft, policyOf, samePolicy, type PolicyKind } from './policy-draft.ts';
import { PolicyPreview } from './policy-preview.tsx';

const KEY = ['audit', 'country-policy'];

/** In which countries people may be; the engine tells of whoever is elsewhere. */
export function PolicySettings() {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const policy = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => engine.policy.countries.query(undefined, { signal }),
  });
  const set = useMutation({
    mutationFn: (wanted: CountryPolicy) => engine.policy.setCountries.mutate(wanted),
    onSuccess: async (kept) => {
      queryClient.setQueryData(KEY, kept);
      // A finding shows its rule with the numbers and countries that are in force.
      await queryClient.invalidateQueries({ queryKey: ['rules'] });
    },
  });
  return (
    <>
      <Fetched result={policy} lines={4}>
        {(kept) => (
          <Editor key={JSON.stringify(kept)} kept={kept} onSave={set.mutate} isSaving={set.isPending} />
        )}
      </Fetched>
      {set.isError && <ProblemNotice error={set.error} />}
      {set.isSuccess && (
        <Text role="status">
          Saved. Whoever was seen where it says something else is judged again now.{' '}
          <PageLink to="/findings" params={{ q: 'finding:country-policy' }} size="sm">
            What it finds
          </PageLink>
        </Text>
      )}
    </>
  );
}

function Editor({
  kept,
  onSave,
  isSaving,
}: {
  kept: CountryPolicy;
  onSave: (policy: CountryPolicy) => void;
  isSaving: boolean;
}) {
  const isReadOnly = useSystemInfo().data?.pollingByPid != null;
  const [draft, setDraft] = useState(() => policyDraft(kept));
  const wanted = policyOf(draft);
  const [previewed] = useDebouncedValue(wanted, 300);
  const { kind, countries } = draft;
  return (
    <Stack gap="sm" w="100%" maw={640}>
      <Radio.Group
        aria-label="Countries"
        value={kind}
        onChange={(value) => setDraft({ ...draft, kind: KINDS.find((each) => each === value) ?? 'none' })}
      >
        <Stack gap={8}>
          {KINDS.map((each) => (
            <Radio key={each} size="xs" value={each} disabled={isReadOnly} label={KIND_WORDS[each]} />
          ))}
        </Stack>
      </Radio.Group>
      {kind !== 'none' && (
        <MultiSelect
          size="xs"
          label={kind === 'allow' ? 'Allowed countries' : 'Denied countries'}
          placeholder="Name or code"
          data={countryOptions}
          value={[...countries]}
          onChange={(codes) => setDraft({ ...draft, countries: codes })}
          searchable
          hidePickedOptions
          clearable
          clearButtonProps={{ 'aria-label': 'Remove all countries' }}
          nothingFoundMessage="No country of that name"
          maxDropdownHeight={240}
          disabled={isReadOnly}
          filter={matchingCountries}
          // Where the screen reader's landmarks are.
          comboboxProps={{ withinPortal: false }}
        />
      )}
      {wanted !== null && previewed !== null && previewed.kind === kind && kind !== 'none' && (
        <PolicyPreview policy={previewed} />
      )}
      <Text c="dimmed">
        It holds for everybody at every source, from the first day, with severity high (rule country-policy).
        Unknown countries and networks that hide where a person is are never told of.
      </Text>
      {isReadOnly && <Text c="dimmed">Another process polls this data directory: set it there.</Text>}
      <Group>
        <Button
          variant="default"
          disabled={isReadOnly || wanted === null || samePolicy(wanted, kept)}
          loading={isSaving}
          onClick={() => wanted !== null && onSave(wanted)}
        >
          Save and judge again
        </Button>
      </Group>
    </Stack>
  );
}

const KINDS: readonly PolicyKind[] = ['none', 'allow', 'deny'];
const KIND_WORDS: Record<PolicyKind, string> = {
  none: 'People may be in any country',
  allow: 'Only in these countries; tell me of anybody elsewhere',
  deny: 'Anywhere but in these; tell me of anybody there',
};

import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CountryPolicy, CountryPolicyPreview } from '../../contract/country-policy.ts';
import { paced } from '../data/pace.ts';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { PreviewBox } from '../notice/preview-box.tsx';
import { counted } from '../text/counted.ts';
import { countryName } from '../where/country-name.ts';

/** Countries that are named; the sum tells of the rest. */
const SHOWN = 6;

/** What a policy would speak against of the sessions of the last 90 days. */
export function PolicyPreview({ policy }: { policy: CountryPolicy }) {
  const engine = useEngine();
  const preview = useQuery({
    queryKey: ['sessions', 'policy-preview', policy],
    queryFn: ({ signal }) => engine.policy.previewCountries.query(policy, { signal }),
    placeholderData: keepPreviousData,
    meta: paced('map'),
  });
  return (
    <PreviewBox label="What it would mean">
      <Fetched result={preview} lines={2}>
        {(found) => <Words preview={found} />}
      </Fetched>
    </PreviewBox>
  );
}

function Words({ preview }: { preview: CountryPolicyPreview }) {
  const { unplaced, countries } = preview;
  const named = countries
    .slice(0, SHOWN)
    .map(({ country, sessions }) => `${countryName(country)} (${sessions.toLocaleString()})`);
  const more = countries.length - named.length;
  return (
    <>
      <Text fw={600} role="status">
        {againstWords(preview)}
      </Text>
      {named.length > 0 && (
        <Text>
          {named.join(', ')}
          {more > 0 && ` and ${counted(more, 'other')}`}
        </Text>
      )}
      {unplaced > 0 && <Text c="dimmed">Of {counted(unplaced, 'session')} the country is not known.</Text>}
    </>
  );
}

function againstWords({ days, sessions, against }: CountryPolicyPreview): string {
  const all = `the ${counted(sessions, 'session')} seen in the last ${days} days`;
  if (against.sessions === 0) return `None of ${all} is against it`;
  const some = `${against.sessions.toLocaleString()} of ${all}`;
  return `${some} ${against.sessions === 1 ? 'is' : 'are'} against it (${counted(against.users, 'user')})`;
}

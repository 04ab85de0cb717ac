import { Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { GeoipDatabase } from '../../contract/geoip.ts';
import { desktopBridge } from '../../link/client.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { useEngine } from '../engine-client.ts';
import { Advice } from '../notice/advice.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';

/** Which databases places and networks come from, how old they are, and adding one's own. */
export function GeoipSettings() {
  const engine = useEngine();
  const status = useQuery({
    queryKey: ['geoip', 'status'],
    queryFn: ({ signal }) => engine.geoip.status.query(undefined, { signal }),
  });
  return (
    <>
      <Fetched result={status} lines={5}>
        {({ databases, attributions, problems }) => (
          <>
            <Databases databases={databases} />
            {problems.map((problem) => (
              <Advice key={problem} tone="medium">
                <UntrustedText text={problem} wrap />
              </Advice>
            ))}
            {attributions.map((attribution) => (
              <Text key={attribution} size="xs" c="dimmed" component="div">
                <UntrustedText text={attribution} wrap />
              </Text>
            ))}
          </>
        )}
      </Fetched>
      <ImportDatabase />
    </>
  );
}

const TELLS: Record<GeoipDatabase['role'], string> = {
  city: 'cities',
  country: 'countries',
  asn: 'networks (ASN)',
  isp: 'networks and providers',
  anonymous: 'VPN, proxy, Tor, hosting',
  'connection-type': 'mobile and fixed lines',
  kinds: 'kinds of networks',
};

const STALE: Partial<Record<GeoipDatabase['role'], string>> = {
  kinds: 'Reviewed over a year ago: networks may have changed hands.',
};

function Databases({ databases }: { databases: readonly GeoipDatabase[] }) {
  if (databases.length === 0)
    return <Text>No database is loaded: sessions have no places until one is.</Text>;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          {['Database', 'Tells', 'From', 'Built', 'Addresses'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {databases.map((database) => (
          <Table.Tr key={`${database.name}${database.ipVersions.join('')}`}>
            <Table.Td>
              <UntrustedText text={database.name} />
            </Table.Td>
            <Table.Td>{TELLS[database.role]}</Table.Td>
            <Table.Td>{database.origin}</Table.Td>
            <Table.Td>
              <Group gap="xs">
                <UntrustedText text={database.builtOn} />
                {database.stale && (
                  <ToneBadge
                    tone="medium"
                    title={STALE[database.role] ?? 'Older than 60 days: places may have moved.'}
                  >
                    {database.ageDays} days old
                  </ToneBadge>
                )}
              </Group>
            </Table.Td>
            <Table.Td>{database.ipVersions.map((version) => `IPv${version}`).join(', ')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ImportDatabase() {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [file, setFile] = useState('');
  const bridge = desktopBridge(window);
  const add = useMutation({
    mutationFn: (path: string) => engine.geoip.import.mutate({ file: path }),
    onSuccess: () => {
      setFile('');
      return queryClient.invalidateQueries({ queryKey: ['geoip'] });
    },
  });
  const choose = async () => {
    const chosen = await bridge?.chooseGeoipFile();
    if (chosen) setFile(chosen);
  };
  return (
    <>
      <Group align="flex-end" gap="xs">
        <TextInput
          label="Add a database of your own"
          description="Full path of a GeoIP2, GeoLite2 or DB-IP .mmdb file on the engine’s machine"
          placeholder="/srv/geoip/GeoIP2-City.mmdb"
          value={file}
          onChange={(event) => setFile(event.currentTarget.value)}
          w={440}
        />
        {bridge !== null && (
          <Button variant="default" onClick={() => void choose()}>
            Choose…
          </Button>
        )}
        <Button
          variant="default"
          disabled={file.trim() === ''}
          loading={add.isPending}
          onClick={() => add.mutate(file.trim())}
        >
          Import
        </Button>
      </Group>
      {add.isError && <ProblemNotice error={add.error} />}
    </>
  );
}

import { SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SystemInfo } from '../../contract/system.ts';
import { useSystemInfo } from '../data/use-system-info.ts';
import { Facts, type Fact } from '../frame/facts.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { localZone } from '../text/times.ts';
import { DataCare } from './data-care.tsx';
import { GeoipSettings } from './geoip-settings.tsx';
import { ListSettings } from './list-settings.tsx';
import { PolicySettings } from './policy-settings.tsx';
import { SuppressionSettings } from './suppression-settings.tsx';
import classes from './settings.module.css';

/** How the page looks, where places come from, where the data is. */
export function SettingsPage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const info = useSystemInfo();
  return (
    <div className={classes.page}>
      <Section title="Appearance">
        <SegmentedControl
          aria-label="Colours"
          value={colorScheme}
          onChange={(value) => setColorScheme(value)}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'auto', label: 'As the system' },
          ]}
        />
        <Text c="dimmed">Times are shown in {localZone}. Hover over one to see it in UTC.</Text>
      </Section>
      <Section title="Places and networks">
        <GeoipSettings />
      </Section>
      <Section title="Your lists of networks">
        <ListSettings />
      </Section>
      <Section title="Where people may be">
        <PolicySettings />
      </Section>
      <Section title="Suppressions">
        <SuppressionSettings />
      </Section>
      <Section title="Looking after the data">
        <DataCare />
      </Section>
      <Section title="This installation">
        <Fetched result={info} lines={4}>
          {(system) => <Facts facts={installation(system)} />}
        </Fetched>
      </Section>
      <Section title="Attributions">
        <Text c="dimmed">
          Map: Natural Earth, public domain, through world-atlas (ISC). Drawn with Leaflet (BSD 2-Clause) and
          react-leaflet (Hippocratic License 2.1). The sentences for the databases of places stand above.
        </Text>
      </Section>
    </div>
  );
}

function installation(system: SystemInfo): readonly Fact[] {
  const { version, protocolRevision, host, pollingByPid, secretStore } = system;
  return [
    ['Version', `${version}, contract revision ${protocolRevision}`],
    ['Host', host === 'desktop' ? 'desktop app' : 'web host on this machine'],
    [
      'Polling',
      pollingByPid === null
        ? 'by this engine'
        : `by another engine, process ${pollingByPid}; this one only reads`,
    ],
    [
      'Typed secrets',
      secretStore ?? 'This host keeps none: use the name of an environment variable or a file.',
    ],
  ];
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={2}>{title}</Title>
      <Stack gap="sm" align="flex-start">
        {children}
      </Stack>
    </section>
  );
}

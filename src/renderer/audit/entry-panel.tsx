import { Stack, Text, Title } from '@mantine/core';
import type { AuditEntry } from '../../contract/audit.ts';
import { EvidenceTree } from '../evidence/evidence-tree.tsx';
import { SidePanel } from '../frame/side-panel.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';

/** One link of the chain, whole. */
export function EntryPanel({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  return (
    <SidePanel label="Audit entry" width="460px" close={{ label: 'Close the entry', onClose }}>
      <Stack gap="md" p="md">
        <div>
          <Title order={2} pr={28}>
            <UntrustedText text={entry.action} wrap />
          </Title>
          <Text c="dimmed">
            Entry {entry.seq}, <InstantText at={entry.at} withSeconds />,{' '}
            <UntrustedText text={entry.actor} wrap />
          </Text>
        </div>
        <EvidenceTree evidence={entry.detail} />
        <section>
          <Title order={3}>Hash</Title>
          <UntrustedText text={entry.hash} mono wrap />
        </section>
        <section>
          <Title order={3}>Hash of the entry before</Title>
          <UntrustedText text={entry.previousHash} mono wrap />
        </section>
      </Stack>
    </SidePanel>
  );
}

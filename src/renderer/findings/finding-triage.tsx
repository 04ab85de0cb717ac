import { Button, Group } from '@mantine/core';
import { BellOff, Gavel, RotateCcw, Siren } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../contract/finding.ts';
import { useAddress } from '../address/use-address.ts';
import { ReopenDialog } from '../triage/reopen-dialog.tsx';
import { SuppressDialog } from '../triage/suppress-dialog.tsx';
import { VerdictDialog } from '../triage/verdict-dialog.tsx';

/** What can be decided of a finding, and the way to the incident it is part of. */
export function FindingTriage({ finding }: { finding: Finding }) {
  const { go } = useAddress();
  const [dialog, setDialog] = useState<'verdict' | 'reopen' | 'suppress' | null>(null);
  const { id, incident, state } = finding;
  const target = { kind: 'findings', ids: [id] } as const;
  const close = () => setDialog(null);
  return (
    <Group gap="xs">
      {state === 'closed' ? (
        <Button variant="default" leftSection={<RotateCcw size={14} />} onClick={() => setDialog('reopen')}>
          Reopen…
        </Button>
      ) : (
        <Button leftSection={<Gavel size={14} />} onClick={() => setDialog('verdict')}>
          Verdict…
        </Button>
      )}
      {(state === 'open' || state === 'learning') && (
        <Button variant="default" leftSection={<BellOff size={14} />} onClick={() => setDialog('suppress')}>
          Suppress…
        </Button>
      )}
      {incident !== null && (
        <Button
          variant="default"
          leftSection={<Siren size={14} />}
          onClick={() => go('/incidents', { q: undefined, incident })}
        >
          Incident {incident}
        </Button>
      )}
      {dialog === 'verdict' && <VerdictDialog target={target} onClose={close} />}
      {dialog === 'reopen' && <ReopenDialog target={target} onClose={close} />}
      {dialog === 'suppress' && <SuppressDialog finding={finding} onClose={close} />}
    </Group>
  );
}

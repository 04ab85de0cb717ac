import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { FlaskConical } from 'lucide-react';
import { useDemo } from '../data/use-demo.ts';
import { useSystemInfo } from '../data/use-system-info.ts';
import classes from './shell.module.css';

/** Nobody should mistake the simulated company for their own. */
export function DemoBanner() {
  const { data: info } = useSystemInfo();
  const { remove } = useDemo();
  if (info?.demo !== 'running') return null;
  const confirm = () =>
    modals.openConfirmModal({
      title: 'Remove the demo company?',
      children: (
        <Text>Its sources, sessions, events and findings go. Your own sources stay as they are.</Text>
      ),
      labels: { confirm: 'Remove the demo', cancel: 'Keep it' },
      onConfirm: () => remove.mutate(),
    });
  return (
    <section className={classes.demo} aria-label="Demo company">
      <FlaskConical size={15} aria-hidden />
      <Text flex={1}>
        This is a simulated company. Its people, addresses and attacks are made up, and ending its sessions
        harms nobody.
      </Text>
      <Button variant="default" size="compact-xs" loading={remove.isPending} onClick={confirm}>
        Remove the demo…
      </Button>
    </section>
  );
}

import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { FlaskConical, Plug } from 'lucide-react';
import { useAddress } from '../address/use-address.ts';
import { useDemo } from '../data/use-demo.ts';
import { useSystemInfo } from '../data/use-system-info.ts';
import classes from './welcome.module.css';

const steps = [
  [
    'Connect',
    'Point Sessionscope at the session APIs of your services. It polls them politely and keeps the history.',
  ],
  ['Review', 'See who is signed in where, on a table, a map and a timeline, with what looks wrong and why.'],
  ['Respond', 'End an attacker’s sessions, with proof that they ended and a chain of what was done.'],
] as const;

/** What a fresh installation shows: one way to try it, one way to use it. */
export function WelcomeNotice() {
  const { go, path } = useAddress();
  const { data: info } = useSystemInfo();
  const { start } = useDemo();
  return (
    <section className={classes.welcome} aria-label="Welcome">
      <Stack gap={4}>
        <Title order={2} size={22}>
          Welcome to Sessionscope
        </Title>
        <Text c="dimmed" size="md">
          There is nothing to look at yet. Everything stays on this machine.
        </Text>
      </Stack>
      <ol className={classes.steps}>
        {steps.map(([name, words]) => (
          <li key={name}>
            <Text fw={600}>{name}</Text>
            <Text c="dimmed">{words}</Text>
          </li>
        ))}
      </ol>
      <Group gap="sm">
        {info?.demo === 'offered' && (
          <Button
            size="sm"
            leftSection={<FlaskConical size={16} />}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            Look around in the demo company
          </Button>
        )}
        {path !== '/sources' && (
          <Button size="sm" variant="default" leftSection={<Plug size={16} />} onClick={() => go('/sources')}>
            Add your first source
          </Button>
        )}
      </Group>
      {info?.demo === 'offered' && (
        <Text c="dimmed">
          The demo is a simulated company with a traveller, a VPN user, a stolen cookie and an impossible
          journey. It runs on this machine and is removed with one click.
        </Text>
      )}
    </section>
  );
}

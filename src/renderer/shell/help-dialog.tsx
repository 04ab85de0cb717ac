import { Code, Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ListName } from '../../contract/system.ts';
import { useQueryFields } from '../data/use-query-fields.ts';
import { Fetched } from '../notice/fetched.tsx';
import classes from './shell.module.css';

const keys: readonly (readonly [string, string])[] = [
  ['/', 'Go to the query'],
  ['Ctrl K', 'Commands, pages and users'],
  ['j  k', 'Next and previous row'],
  ['Home  End', 'First row; last row, loading the list on up to it'],
  ['x', 'Select the row; with Shift, all rows up to it'],
  ['Enter', 'Open the row; into what is open beside the list'],
  ['Esc', 'Close what is open'],
  ['r', 'Plan to end the selected sessions'],
  ['v', 'Verdict on the selected or open findings or incidents'],
  ['i', 'Go to the incident of the open finding'],
  ['s', 'Suppress what is like the open finding'],
  ['c', 'Copy the open finding or incident as text for a ticket'],
  ['+  -  0', 'On a timeline: nearer, farther, all of it'],
  ['←  →', 'On a timeline: earlier, later'],
  ['Ctrl Enter', 'In a reason: decide'],
  ['?', 'This help'],
];

const examples: readonly (readonly [string, string])[] = [
  ['user:ana*', 'user names that start with ana'],
  ['country:BR,IN state:active', 'any of two countries, and active'],
  ['ip:203.0.113.0/24', 'addresses in a network'],
  ['started:>2026-11-01', 'started after that day'],
  ['seen:<24h', 'seen within the last 24 hours'],
  ['finding:impossible-travel', 'named by an open finding of that rule'],
  ['-os:Windows OR (asn:9009 NOT current:true)', 'NOT and - keep rows whose value is unknown'],
  ['"Mozilla/5.0 (X11"', 'a phrase in user, IP, city, organisation or user agent'],
];

type Props = { opened: boolean; onClose: () => void; list: ListName };

export function HelpDialog({ opened, onClose, list }: Props) {
  const fields = useQueryFields(list);
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard and query language" size={980}>
      <SimpleGrid cols={2} spacing="xl">
        <Stack gap="lg">
          <section>
            <Title order={3}>Keys</Title>
            <HelpTable rows={keys.map(([key, words]) => [<Kbd>{key}</Kbd>, words])} />
          </section>
          <section>
            <Title order={3}>Queries by example</Title>
            <HelpTable rows={examples.map(([text, words]) => [<Code>{text}</Code>, words])} isWide />
          </section>
        </Stack>
        <section>
          <Title order={3}>Fields of {list}</Title>
          <Fetched result={fields}>
            {(known) => (
              <HelpTable
                rows={known.map((field) => [
                  <Code>{field.shortNames[0] ?? field.name}</Code>,
                  <Text size="xs">{field.help}</Text>,
                ])}
              />
            )}
          </Fetched>
        </section>
      </SimpleGrid>
    </Modal>
  );
}

type TableProps = {
  rows: readonly (readonly [React.ReactNode, React.ReactNode])[];
  /** What is at the left is long and may break. */
  isWide?: boolean;
};

function HelpTable({ rows, isWide = false }: TableProps) {
  return (
    <table className={classes.keys} data-wide={isWide || undefined}>
      <tbody>
        {rows.map(([left, right], index) => (
          <tr key={index}>
            <td>{left}</td>
            <td>{right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

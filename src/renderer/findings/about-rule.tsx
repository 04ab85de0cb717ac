import { List, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RuleDescription } from '../../contract/rule-description.ts';
import { useEngine } from '../engine-client.ts';

/** What a rule needs, what it can't judge, what lowers it and the numbers it is tuned by. */
export function AboutRule({ rule }: { rule: string }) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => engine.rules.query(undefined, { signal }),
    // It changes with the program and the policy of countries, whose editor has it fetched again.
    staleTime: Infinity,
  });
  const description = data?.find(({ id }) => id === rule);
  if (description === undefined) return null;
  return (
    <section aria-label="About this rule">
      <Title order={3} mb={6}>
        About this rule
      </Title>
      <Points title="Needs" points={description.inputs} />
      <Points title="Can’t judge" points={description.cannotJudge} />
      <Points title="Lowered or suppressed by" points={description.lowered} />
      <Thresholds thresholds={description.thresholds} />
    </section>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <>
      <Text c="dimmed">{title}</Text>
      <List size="sm" mb="xs">
        {points.map((point) => (
          <List.Item key={point}>{point}</List.Item>
        ))}
      </List>
    </>
  );
}

function Thresholds({ thresholds }: Pick<RuleDescription, 'thresholds'>) {
  if (thresholds.length === 0) return null;
  return (
    <Table withRowBorders={false} verticalSpacing={2}>
      <Table.Tbody>
        {thresholds.map(({ name, value }) => (
          <Table.Tr key={name}>
            <Table.Td c="dimmed">{name}</Table.Td>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

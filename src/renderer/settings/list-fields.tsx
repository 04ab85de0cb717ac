import { Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { listTags, type ListTag } from '../../contract/list-tags.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { usualDays, type ListDraft } from './list-draft.ts';

const TAGS: readonly ListTag[] = ['listed', ...listTags.filter((tag) => tag !== 'listed')];
const TAG_WORDS: Partial<Record<ListTag, string>> = {
  listed: 'listed: tell me when seen',
  tor: 'tor: exits of the Tor network',
  corporate: 'corporate: our own gateways',
  hosting: 'hosting: data centres',
};
const EXPIRIES = [
  ...['7', '30', '90', '365'].map((days) => ({ value: days, label: `in ${days} days` })),
  { value: 'never', label: 'never' },
];

type Props = { draft: ListDraft; onChange: (changed: Partial<ListDraft>) => void };

export function ListFields({ draft, onChange }: Props) {
  const chooseTag = (text: string) => {
    const tag = TAGS.find((each) => each === text);
    if (tag !== undefined) onChange({ tag, days: usualDays(tag) });
  };
  return (
    <>
      <Group align="flex-end" gap="xs">
        <TextInput
          label="Name of the list"
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label="What it says"
          data={TAGS.map((tag) => ({ value: tag, label: TAG_WORDS[tag] ?? tag }))}
          value={draft.tag}
          onChange={(event) => chooseTag(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="It expires"
          data={EXPIRIES}
          value={draft.days}
          onChange={(event) => onChange({ days: event.currentTarget.value })}
        />
        <TextInput
          label="Where it is from"
          placeholder="optional"
          value={draft.note}
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
      </Group>
      {draft.chosen === null ? (
        <Textarea
          label="Entries"
          description="Networks, addresses or AS numbers, one a line, or CSV with a column “cidr”, “network”, “ip” or “asn”"
          placeholder={'192.0.2.0/24\n2001:db8::1\nAS64500'}
          autosize
          minRows={3}
          maxRows={10}
          classNames={{ input: 'mono' }}
          value={draft.typed}
          onChange={(event) => onChange({ typed: event.currentTarget.value })}
        />
      ) : (
        <Text component="div">
          From <UntrustedText text={draft.chosen.name} mono wrap />
        </Text>
      )}
    </>
  );
}

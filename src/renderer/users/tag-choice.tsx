import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserTag } from '../../contract/person.ts';
import type { User } from '../../contract/user.ts';
import { useEngine } from '../engine-client.ts';
import { PanelSection } from '../frame/panel-section.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { visibleString } from '../text/visible-text.ts';
import { tagOrigin, tagWords, userTags } from './tag-words.ts';

/** Says what a user is. The source's own word is shown, and what is chosen here wins over it. */
export function TagChoice({ user, isReadOnly }: { user: User; isReadOnly: boolean }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(user.tags);
  const { source, userId } = user;
  const tags = userTags.filter((tag) => chosen.includes(tag));
  const save = useMutation({
    mutationFn: () => engine.users.tag.mutate({ user: { source, userId }, tags }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const isSame = tags.length === user.tags.length && tags.every((tag) => user.tags.includes(tag));
  return (
    <PanelSection title="What the user is">
      <Checkbox.Group
        aria-label="What the user is"
        value={[...chosen]}
        onChange={setChosen}
        readOnly={isReadOnly}
      >
        <Stack gap="xs">
          {userTags.map((tag) => (
            <Checkbox
              key={tag}
              size="xs"
              value={tag}
              disabled={isReadOnly}
              label={labelOf(tag, user)}
              description={tagWords[tag].does}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group gap="xs" mt="xs">
        <Button
          variant="default"
          disabled={isSame || isReadOnly}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save and judge again
        </Button>
        {!isSame && (
          <Button variant="subtle" color="gray" onClick={() => setChosen(user.tags)}>
            As it was
          </Button>
        )}
      </Group>
      {save.isError && <ProblemNotice error={save.error} />}
    </PanelSection>
  );
}

function labelOf(tag: UserTag, user: User): string {
  const origin = tagOrigin(tag, user);
  return origin === null ? tagWords[tag].name : visibleString(`${tagWords[tag].name} (${origin})`, 120);
}

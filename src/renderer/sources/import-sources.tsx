import { Button, FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { callProblemOf, PageProblem } from '../data/call-problem.ts';
import { useEngine } from '../engine-client.ts';

/** Largest sources file that is read, in bytes. */
const MAX_BYTES = 1_000_000;

/** Adds or updates sources from a JSON file, all or none. */
export function ImportSources() {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const load = useMutation({
    mutationFn: async (file: File) => engine.sources.import.mutate({ file: await readJson(file) }),
    onSuccess: (ids) => {
      notifications.show({ message: `Added or updated: ${ids.join(', ')}` });
      return queryClient.invalidateQueries({ queryKey: ['sources'] });
    },
    onError: (error) =>
      notifications.show({
        color: 'red',
        title: 'No source was added',
        message: callProblemOf(error).message,
        autoClose: false,
      }),
  });
  return (
    <FileButton accept="application/json,.json" onChange={(file) => file && load.mutate(file)}>
      {(props) => (
        <Button {...props} variant="default" leftSection={<FileUp size={14} />} loading={load.isPending}>
          Add from a file
        </Button>
      )}
    </FileButton>
  );
}

async function readJson(file: File): Promise<unknown> {
  if (file.size > MAX_BYTES) throw new PageProblem('The file is larger than 1 MB; a sources file is not.');
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new PageProblem(`${file.name} is not JSON. The README shows what a sources file looks like.`);
  }
}

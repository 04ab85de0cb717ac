import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { MAX_LIST_TEXT } from '../../contract/list-tags.ts';
import type { ListImportRequest } from '../../contract/lists.ts';
import { desktopBridge } from '../../link/client.ts';
import { PageProblem } from '../data/call-problem.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';

/** A file that a list is to be made of: its path for the engine, or in a browser, which knows none, what it holds. */
export type ChosenList = { readonly name: string; readonly from: ListImportRequest['from'] };

type Props = { chosen: ChosenList | null; onChoose: (chosen: ChosenList | null) => void };

/** Chooses a file in place of typed entries, or puts it back. */
export function ChooseList({ chosen, onChoose }: Props) {
  const bridge = desktopBridge(window);
  const read = useMutation({ mutationFn: readList, onSuccess: onChoose });
  const ask = async () => {
    const file = await bridge?.chooseListFile();
    if (file) onChoose({ name: file, from: { file } });
  };
  if (chosen !== null) {
    return (
      <Button variant="subtle" onClick={() => onChoose(null)}>
        Type them instead
      </Button>
    );
  }
  if (bridge !== null) {
    return (
      <Button variant="subtle" onClick={() => void ask()}>
        Choose a file…
      </Button>
    );
  }
  return (
    <>
      <FileButton onChange={(file) => file && read.mutate(file)}>
        {(props) => (
          <Button {...props} variant="subtle" loading={read.isPending}>
            Choose a file…
          </Button>
        )}
      </FileButton>
      {read.isError && <ProblemNotice error={read.error} />}
    </>
  );
}

async function readList(file: File): Promise<ChosenList> {
  const text = file.size > MAX_LIST_TEXT ? '' : await file.text();
  if (text !== '') return { name: file.name, from: { text } };
  throw new PageProblem(
    file.size === 0
      ? 'The file is empty.'
      : 'The file is larger than 4 MB: import it with “sessionscope lists import” on the engine’s machine.',
  );
}

import { Modal, Stack, Text, Textarea } from '@mantine/core';

/** What could not be put on the clipboard, selected, to be copied by hand. */
export function TicketDialog({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Copy for a ticket" size={760}>
      <Stack gap="sm">
        <Text>The clipboard can’t be written here: copy the selected text with Ctrl C.</Text>
        <Textarea
          aria-label="Text for a ticket"
          className="mono"
          readOnly
          autosize
          maxRows={22}
          value={text}
          onFocus={({ currentTarget }) => currentTarget.select()}
          data-autofocus
        />
      </Stack>
    </Modal>
  );
}

import { Button, Group, Modal, Text, type ModalProps } from '@mantine/core';
import { useState, type InputEvent, type ReactNode } from 'react';
import { Advice } from '../notice/advice.tsx';

type Props = Pick<ModalProps, 'title' | 'size' | 'yOffset' | 'closeOnClickOutside' | 'closeOnEscape'> & {
  onClose: () => void;
  /** Nothing that was typed is lost by closing any more: it was sent. */
  isSent?: boolean;
  children: ReactNode;
};

/**
 * A dialog in which something is typed. Once there is, a click beside it does nothing, and Esc or its cross ask before the text
 * is lost; its own buttons close it at once.
 */
export function DraftDialog({
  onClose,
  isSent = false,
  closeOnClickOutside = true,
  children,
  ...modal
}: Props) {
  const [typed, setTyped] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const isDraft = typed && !isSent;
  const onInput = ({ target }: InputEvent) => {
    if (isTextField(target) && target.value.trim() !== '') setTyped(true);
  };
  return (
    <Modal
      opened
      closeOnClickOutside={closeOnClickOutside && !isDraft}
      onClose={() => (isDraft ? setIsAsking(!isAsking) : onClose())}
      {...modal}
    >
      <div onInput={onInput}>{children}</div>
      {isDraft && isAsking && (
        <Advice tone="medium">
          <Group justify="space-between" mt="xs">
            <Text role="alert">What you typed is not kept.</Text>
            <Group gap="xs">
              <Button variant="default" onClick={() => setIsAsking(false)} autoFocus>
                Go on writing
              </Button>
              <Button color="red" variant="light" onClick={onClose}>
                Discard it
              </Button>
            </Group>
          </Group>
        </Advice>
      )}
    </Modal>
  );
}

function isTextField(target: EventTarget): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|file)$/.test(target.type);
}

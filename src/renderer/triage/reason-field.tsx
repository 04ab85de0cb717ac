import { Textarea, type TextareaProps } from '@mantine/core';

type Props = Pick<TextareaProps, 'description'> & {
  reason: string;
  onReason: (reason: string) => void;
  /** Ctrl and Enter; a line break is a line break. Called whether or not all that is needed is there. */
  onSend: () => void;
  /** The dialog begins elsewhere. */
  isLater?: boolean;
};

/** Why something is decided; it is kept with the decision. */
export function ReasonField({ reason, onReason, onSend, isLater = false, description }: Props) {
  return (
    <Textarea
      label="Reason"
      description={description}
      autosize
      minRows={2}
      value={reason}
      onChange={({ currentTarget }) => onReason(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSend();
      }}
      data-autofocus={isLater ? undefined : true}
    />
  );
}

import { PasswordInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SecretDraft } from './source-draft.ts';
import type { SecretSlot } from './source-forms.ts';
import classes from './sources.module.css';

type Props = {
  slot: SecretSlot;
  /** Whether this host keeps typed secrets. */
  canType: boolean;
  value: SecretDraft;
  error: ReactNode;
  onChange: (value: SecretDraft) => void;
};

const PLACEHOLDERS = { typed: '', env: 'CHAT_TOKEN', file: '/run/secrets/chat-token' } as const;

/** A secret, or where it is. */
export function SecretField({ slot, canType, value, error, onChange }: Props) {
  const input = {
    label: slot.label,
    description: slot.help,
    error,
    value: value.text,
    placeholder: PLACEHOLDERS[value.from],
    autoComplete: 'off',
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      onChange({ ...value, text: event.currentTarget.value }),
  };
  return (
    <div className={classes.secret}>
      <Select
        label={`${slot.label} is`}
        description="Never shown again"
        allowDeselect={false}
        value={value.from}
        data={[
          { value: 'typed', label: 'typed here', disabled: !canType },
          { value: 'env', label: 'in a variable' },
          { value: 'file', label: 'in a file' },
        ]}
        onChange={(from) => {
          if (from === 'typed' || from === 'env' || from === 'file') onChange({ from, text: '' });
        }}
      />
      {value.from === 'typed' ? (
        <PasswordInput
          size="xs"
          visibilityToggleButtonProps={{ 'aria-label': `Show or hide: ${slot.label}` }}
          {...input}
        />
      ) : (
        <TextInput {...input} />
      )}
    </div>
  );
}

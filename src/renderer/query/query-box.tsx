import { ActionIcon, Combobox, Kbd, TextInput, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ListName } from '../../contract/system.ts';
import { useAddress } from '../address/use-address.ts';
import { useQueryFields } from '../data/use-query-fields.ts';
import { countQuery } from '../data/costly-reads.ts';
import { useEngine } from '../engine-client.ts';
import { useKeys } from '../shell/use-keys.ts';
import { completionsAt, type Completion } from './completion.ts';
import classes from './query-box.module.css';
import { QueryVerdict } from './query-verdict.tsx';

/** The query all pages share. Enter applies it; until then it is a draft that changes nothing. */
export function QueryBox({ list }: { list: ListName }) {
  const { params, update } = useAddress();
  const applied = params.q ?? '';
  const [draft, setDraft] = useState(applied);
  const [lastApplied, setLastApplied] = useState(applied);
  const [caret, setCaret] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const fields = useQueryFields(list);
  const verdict = useQuery(countQuery(useEngine(), list, applied));

  // The address changed by a link, the back button or another page: the draft follows it.
  if (applied !== lastApplied) {
    setLastApplied(applied);
    setDraft(applied);
  }

  const completions = completionsAt(draft, caret, fields.data ?? []);
  const apply = (text: string) => {
    setDraft(text.trim());
    update({ q: text.trim(), session: undefined, finding: undefined });
    combobox.closeDropdown();
  };
  const take = ({ from, to, text }: Completion) => {
    const isField = text.endsWith(':');
    const next = `${draft.slice(0, from)}${text}${isField ? '' : ' '}${draft.slice(to).trimStart()}`;
    const position = from + text.length + (isField ? 0 : 1);
    setDraft(next);
    setCaret(position);
    requestAnimationFrame(() => input.current?.setSelectionRange(position, position));
    combobox.resetSelectedOption();
  };
  useKeys({ '/': () => input.current?.focus() });

  return (
    <div className={classes.bar} role="search">
      <Combobox
        store={combobox}
        onOptionSubmit={(index) => {
          const chosen = completions[Number(index)];
          if (chosen) take(chosen);
        }}
        position="bottom-start"
        width={440}
        shadow="md"
      >
        <Combobox.Target withExpandedAttribute>
          <TextInput
            ref={input}
            size="sm"
            value={draft}
            maxLength={4096}
            spellCheck={false}
            autoComplete="off"
            aria-label="Query"
            placeholder="Filter everything: user:ana country:BR -source:chat seen:<24h"
            leftSection={<Search size={15} aria-hidden />}
            classNames={{ input: classes.input }}
            aria-invalid={verdict.isError || undefined}
            rightSection={
              draft === '' ? (
                <Kbd size="xs">/</Kbd>
              ) : (
                <ActionIcon aria-label="Clear the query" onClick={() => apply('')}>
                  <X size={14} />
                </ActionIcon>
              )
            }
            onChange={(event) => {
              setDraft(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
              combobox.openDropdown();
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              const isChoosing = combobox.dropdownOpened && combobox.getSelectedOptionIndex() >= 0;
              if (event.key === 'Enter' && !isChoosing) {
                event.preventDefault();
                apply(draft);
              }
              if (event.key === 'Escape') {
                if (combobox.dropdownOpened) combobox.closeDropdown();
                else {
                  setDraft(applied);
                  input.current?.blur();
                }
              }
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={completions.length === 0}>
          <Combobox.Options>
            {completions.map((completion, index) => (
              <Combobox.Option key={completion.text} value={String(index)} className={classes.option}>
                <span className="mono">{completion.label}</span>
                <span className={classes.help}>{completion.help}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <QueryVerdict
        list={list}
        query={applied}
        isDraft={draft.trim() !== applied}
        total={verdict.data ?? null}
        error={verdict.error}
      />
    </div>
  );
}

import { Checkbox } from '@mantine/core';
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { useAddress } from '../address/use-address.ts';
import { useList } from '../data/use-list.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { ListAndPanel } from '../frame/list-and-panel.tsx';
import { EmptyNotice } from '../notice/empty-notice.tsx';
import { Listed } from '../notice/listed.tsx';
import { ReloadOffer } from '../notice/reload-offer.tsx';
import { useRevoke } from '../revoke/revoke-context.ts';
import { useKeys } from '../shell/use-keys.ts';
import { keyBeside } from '../table/key-beside.ts';
import { useSortableColumns } from '../table/use-sortable-columns.ts';
import { VirtualTable } from '../table/virtual-table.tsx';
import { isSelected, nothingSelected, selectedCount, selectTo, toggle, toggleLoaded } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { narrowSessionColumns, sessionColumns } from './session-columns.tsx';
import { SessionPanel } from './session-panel.tsx';

/** Every session that matches the shared query: read, open, select, end, export. */
export function SessionsPage() {
  const { params, update } = useAddress();
  const query = params.q ?? '';
  const [sort, setSort] = useState<string | null>(null);
  const [picked, setPicked] = useState({ query, selection: nothingSelected });
  const [activeKey, setActiveKey] = useState<string | null>(params.session ?? null);
  const list = useList('sessions', { query, sort });
  const revoke = useRevoke();
  const columns = useSortableColumns(
    'sessions',
    params.session === undefined ? sessionColumns : narrowSessionColumns,
  );
  const order = list.rows.map((session) => session.key);

  // "All that match" means the query it was said for; picked keys survive a change of query.
  const selection =
    picked.selection.kind === 'query' && picked.query !== query ? nothingSelected : picked.selection;
  const setSelection = (next: typeof selection) => setPicked({ query, selection: next });
  const open = (key: string | undefined) => {
    if (key !== undefined) setActiveKey(key);
    update({ session: key }, true);
  };
  const pick = (key: string, isRange: boolean) => {
    setActiveKey(key);
    setSelection(isRange ? selectTo(selection, key, order) : toggle(selection, key));
  };
  const step = (by: number) => {
    const next = keyBeside(order, activeKey, by);
    if (next === undefined) return;
    setActiveKey(next);
    if (params.session !== undefined) open(next);
  };
  const revokeSelected = () => {
    if (selection.kind === 'query') revoke({ query: selection.query, keys: [] });
    else if (selection.keys.size > 0) revoke({ query: null, keys: [...selection.keys] });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    x: () => activeKey !== null && pick(activeKey, false),
    X: () => activeKey !== null && pick(activeKey, true),
    // Of the session that is open, it leads into its panel.
    ...(activeKey !== null && activeKey !== params.session && { Enter: () => open(activeKey) }),
    Escape: () => (params.session === undefined ? setSelection(nothingSelected) : open(undefined)),
    r: revokeSelected,
  });

  return (
    <ListAndPanel
      panel={
        params.session !== undefined && (
          <SessionPanel key={params.session} sessionKey={params.session} onClose={() => open(undefined)} />
        )
      }
    >
      <SelectionBar
        selection={selection}
        loaded={list.rows.length}
        isWhole={list.isWhole}
        total={list.total}
        onAll={(total) => setSelection({ kind: 'query', query, total })}
        onNone={() => setSelection(nothingSelected)}
        onRevoke={revokeSelected}
      >
        <ReloadOffer list={list} />
        <ExportMenu query={query} isEmpty={list.rows.length === 0} />
      </SelectionBar>
      <Listed
        list={list}
        lines={14}
        label="Loading sessions"
        empty={
          <EmptyNotice icon={<MonitorSmartphone size={28} />} title="No sessions match">
            {query === ''
              ? 'No source has listed a session yet. The first sweep may still be on its way.'
              : 'Loosen the query, or clear it to see every session.'}
          </EmptyNotice>
        }
      >
        <VirtualTable
          label="Sessions"
          columns={columns}
          rows={list.rows}
          rowKey={(session) => session.key}
          paging={list}
          sort={sort}
          onSort={setSort}
          activeKey={activeKey}
          isSelected={(session) => isSelected(selection, session.key)}
          isMuted={({ state }) => state === 'ended' || state === 'revoked' || state === 'expired'}
          onRow={({ key }, { shiftKey }) => (shiftKey ? pick(key, true) : open(key))}
          lead={{
            header: (
              <Checkbox
                size="xs"
                aria-label="Select all loaded sessions"
                checked={selectedCount(selection) > 0 && order.every((key) => isSelected(selection, key))}
                indeterminate={
                  selectedCount(selection) > 0 && !order.every((key) => isSelected(selection, key))
                }
                onChange={() => setSelection(toggleLoaded(selection, order))}
              />
            ),
            cell: ({ key, userName, userId }) => (
              <Checkbox
                size="xs"
                aria-label={`Select the session of ${userName ?? userId}`}
                checked={isSelected(selection, key)}
                readOnly
                onClick={(event) => {
                  event.stopPropagation();
                  pick(key, event.shiftKey);
                }}
              />
            ),
          }}
        />
      </Listed>
    </ListAndPanel>
  );
}

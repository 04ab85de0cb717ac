import { Button, Group, Text } from '@mantine/core';
import { History, Plus, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useSources } from '../data/use-sources.ts';
import { Bar } from '../frame/bar.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { counted } from '../text/counted.ts';
import { WelcomeNotice } from '../welcome/welcome-notice.tsx';
import { AddSourceDialog } from './add-source-dialog.tsx';
import { ImportHistoryDialog } from './import-history-dialog.tsx';
import { ImportSources } from './import-sources.tsx';
import { SourceCard } from './source-card.tsx';
import classes from './sources.module.css';
import { usePolling } from './use-polling.ts';

/** The configured APIs and what came from files: how they are doing, what they can do, and adding more. */
export function SourcesPage() {
  const sources = useSources();
  const [isAdding, setIsAdding] = useState(false);
  const [isImporting, setIsImporting] = useState(false);
  const polling = usePolling(null);
  const count = sources.data?.length ?? 0;
  const polled = sources.data?.filter(({ pollEverySeconds }) => pollEverySeconds !== null).length ?? 0;
  return (
    <div className={classes.page}>
      <Bar>
        <Text c="dimmed" flex={1}>
          {count === 0 ? '' : counted(count, 'source')}
          {polling.isPolling && `, ${polling.reports.length} of ${polled} swept`}
        </Text>
        <Group gap="xs">
          {polled > 0 && (
            <Button
              variant="default"
              leftSection={<RefreshCw size={14} />}
              loading={polling.isPolling}
              onClick={polling.start}
            >
              Poll all now
            </Button>
          )}
          <Button variant="default" leftSection={<History size={14} />} onClick={() => setIsImporting(true)}>
            Import login history…
          </Button>
          <ImportSources />
          <Button leftSection={<Plus size={14} />} onClick={() => setIsAdding(true)}>
            Add a source
          </Button>
        </Group>
      </Bar>
      {polling.error && <ProblemNotice error={polling.error} />}
      <Fetched result={sources} lines={12}>
        {(list) =>
          list.length === 0 ? (
            <WelcomeNotice />
          ) : (
            <div className={classes.cards}>
              {list.map((source) => (
                <SourceCard key={source.id} source={source} />
              ))}
            </div>
          )
        }
      </Fetched>
      {isImporting && <ImportHistoryDialog source={null} onClose={() => setIsImporting(false)} />}
      {isAdding && <AddSourceDialog onClose={() => setIsAdding(false)} />}
    </div>
  );
}

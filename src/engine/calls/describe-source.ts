import { isApi, type Source } from '../../contract/source.ts';
import type { Poller } from '../poll/poller.ts';
import { pollEveryMs } from '../poll/schedule.ts';
import { capabilitiesOf } from '../source/registry.ts';
import type { SourceRecord } from '../store/source-record.ts';
import { describeRef, secretRefs } from './secret-refs.ts';

/** A source as the page shows it: what is configured, what it can do, how its polls went and when the next one is. */
export function describeSource(record: SourceRecord, poller: Poller): Source {
  const { config } = record;
  const capabilities = capabilitiesOf(config);
  const { polling, nextPollAtMs } = poller.state(config.id);
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    id: config.id,
    kind: config.kind,
    mode: 'mode' in config ? config.mode : null,
    url: isApi(config) ? config.url : null,
    secrets: secretRefs(config).map(describeRef),
    pollEverySeconds: isApi(config) ? pollEveryMs(config, capabilities) / 1000 : null,
    capabilities,
    health: record.problem !== null ? 'failing' : record.lastCompleteAtMs === null ? 'new' : 'healthy',
    problem: record.problem,
    lastAttemptAt: iso(record.lastAttemptAtMs),
    lastCompleteAt: iso(record.lastCompleteAtMs),
    nextPollAt: iso(nextPollAtMs),
    polling,
    liveSessions: record.liveSessions,
    rejectedRows: record.rejectedRows,
    rejectedExamples: [...record.rejectedExamples],
    demo: record.demo,
  };
}

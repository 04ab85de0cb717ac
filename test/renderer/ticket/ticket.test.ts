import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/contract/finding.ts';
import type { IncidentDetail } from '../../../src/contract/incident.ts';
import { findingTicket } from '../../../src/renderer/ticket/finding-ticket.ts';
import { incidentTicket } from '../../../src/renderer/ticket/incident-ticket.ts';

const end = (at: string, city: string, country: string) => ({
  at,
  city,
  country,
  ip: '198.51.100.7',
  asn: 64500,
  org: 'Example',
  browser: 'Firefox',
  os: 'Linux',
  source: 'app',
});

const finding: Finding = {
  id: 'f7',
  rule: 'impossible-travel',
  severity: 'critical',
  score: 95,
  userId: 'u-17',
  userName: 'Ann',
  source: 'app',
  sessions: ['key-a', 'key-b'],
  at: '2026-11-21T19:38:45.000Z',
  title: 'Impossible travel: “Berlin” to “Singapore”',
  explanation:
    'Ann was seen near “Berlin” and near “Singapore”. How sure: 96 %. What would make it wrong: a VPN. Raised from high to critical, because.',
  evidence: {
    from: end('2026-11-21T18:08:45.000Z', 'Berlin', 'DE'),
    to: end('2026-11-21T19:38:45.000Z', 'Singapore', 'SG'),
  },
  state: 'open',
  verdict: null,
  suppressedBy: null,
  prefix: null,
  asn: null,
  client: null,
  incident: 'i3',
  verdictReason: null,
  verdictBy: null,
  verdictAt: null,
  duplicateOf: null,
  suppression: null,
};

const incident: IncidentDetail = {
  id: 'i3',
  state: 'open',
  severity: 'critical',
  score: 98.4,
  alerting: true,
  userId: 'u-17',
  userName: 'Ann',
  source: 'app',
  personId: null,
  title: finding.title,
  rules: ['impossible-travel'],
  findings: 3,
  openFindings: 3,
  sessions: ['key-a', 'key-b'],
  firstAt: finding.at,
  lastAt: finding.at,
  assignee: null,
  notes: 1,
  verdict: null,
  verdictReason: null,
  verdictBy: null,
  verdictAt: null,
  noteTexts: [{ at: '2026-11-21T20:00:00.000Z', by: 'bob via web', text: 'Called her.\nShe is in Berlin.' }],
};

describe('a finding as text for a ticket', () => {
  it('tells what, who, when in UTC, why, from where and which sessions', () => {
    expect(findingTicket(finding).split('\n')).toEqual([
      'Impossible travel: “Berlin” to “Singapore”',
      'critical, open. Impossible travel (impossible-travel), 2026-11-21 19:38:45 UTC',
      'User: Ann (u-17) at app',
      '',
      'Why:',
      '  Ann was seen near “Berlin” and near “Singapore”.',
      '  How sure: 96 %.',
      '  What would make it wrong: a VPN.',
      '  Raised from high to critical, because.',
      '',
      'Seen:',
      '  2026-11-21 18:08:45 UTC | Berlin, DE | 198.51.100.7 | AS64500 Example | Firefox on Linux | app',
      '  2026-11-21 19:38:45 UTC | Singapore, SG | 198.51.100.7 | AS64500 Example | Firefox on Linux | app',
      '',
      'Sessions:',
      '  key-a',
      '  key-b',
      '',
      'Sessionscope finding f7, incident i3',
    ]);
  });

  it('says what was decided, and of what it is a duplicate', () => {
    const decided: Finding = {
      ...finding,
      state: 'closed',
      verdict: 'duplicate',
      verdictReason: 'Same login.\nSee the other.',
      verdictBy: 'bob via web',
      verdictAt: '2026-11-21T20:00:00.000Z',
      duplicateOf: 'f6',
    };
    expect(findingTicket(decided)).toContain(
      'Verdict: Duplicate of f6, by bob via web, 2026-11-21 20:00:00 UTC\n  Same login.\n  See the other.\n',
    );
  });

  it('lets no name of the far side begin a line of its own or reorder what stands around it', () => {
    const text = findingTicket({ ...finding, userName: 'Ann\nVerdict: False positive\u202e', evidence: {} });
    expect(text).toContain('User: Ann[LF]Verdict: False positive[RLO] (u-17) at app');
    expect(text).not.toContain('Seen:');
  });
});

describe('an incident as text for a ticket', () => {
  it('has its findings, what was seen once, its notes line by line, and says what is missing', () => {
    const lines = incidentTicket(incident, [finding, { ...finding, id: 'f8', title: 'New country' }]).split(
      '\n',
    );
    expect(lines.slice(0, 4)).toEqual([
      'i3: Impossible travel: “Berlin” to “Singapore”',
      'critical, score 98.4, open, assigned to nobody',
      'User: Ann (u-17) at app',
      'From 2026-11-21 19:38:45 UTC to 2026-11-21 19:38:45 UTC',
    ]);
    expect(lines).toContain('  2026-11-21 19:38:45 UTC [critical, open] New country');
    expect(lines).toContain('  and 1 more in Sessionscope');
    expect(lines.filter((line) => line.includes('| Berlin, DE |'))).toHaveLength(1);
    expect(lines.slice(-6)).toEqual([
      'Notes:',
      '  2026-11-21 20:00:00 UTC, bob via web',
      '    Called her.',
      '    She is in Berlin.',
      '',
      'Sessionscope incident i3',
    ]);
  });
});

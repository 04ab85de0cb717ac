import type { Incident } from '../../contract/incident.ts';
import type { Tone } from '../badge/tone.ts';
import { verdictWords } from '../triage/verdict-words.ts';

/** Where an incident stands, in a word or two. */
export function incidentStateWords({
  state,
  alerting,
  verdict,
}: Pick<Incident, 'state' | 'alerting' | 'verdict'>): { readonly tone: Tone; readonly words: string } {
  if (state === 'open')
    return alerting ? { tone: 'high', words: 'open' } : { tone: 'low', words: 'open, no alert' };
  return { tone: 'info', words: verdict === null ? 'closed' : verdictWords[verdict].name.toLowerCase() };
}

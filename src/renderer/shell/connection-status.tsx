import { useConnectionState, type ConnectionState } from '../engine-client.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import type { Tone } from '../badge/tone.ts';

const WORDS: Record<ConnectionState, { tone: Tone; word: string; title: string }> = {
  open: { tone: 'good', word: 'Connected', title: 'The page is connected to the engine.' },
  connecting: { tone: 'medium', word: 'Connecting', title: 'The page is waiting for the engine.' },
  lost: {
    tone: 'critical',
    word: 'Disconnected',
    title: 'The engine is gone. Start it and reload the page.',
  },
};

export function ConnectionStatus() {
  const { tone, word, title } = WORDS[useConnectionState()];
  return (
    <span role="status">
      <ToneBadge tone={tone} title={title} dot>
        {word}
      </ToneBadge>
    </span>
  );
}

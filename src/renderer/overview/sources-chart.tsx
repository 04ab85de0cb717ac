import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Source } from '../../contract/source.ts';

const ROW_HEIGHT = 30;

/** Live sessions of each source as bars with their numbers. */
export function SourcesChart({ sources }: { sources: readonly Source[] }) {
  const rows = sources
    .map(({ id, liveSessions }) => ({ id, liveSessions }))
    .sort((a, b) => b.liveSessions - a.liveSessions);
  const words = rows.map(({ id, liveSessions }) => `${id} ${liveSessions}`).join(', ');
  return (
    <div role="img" aria-label={`Live sessions: ${words}`}>
      <ResponsiveContainer width="100%" height={rows.length * ROW_HEIGHT + 8}>
        <BarChart data={rows} layout="vertical" margin={{ left: 0, right: 64, top: 4, bottom: 4 }}>
          <XAxis type="number" hide />
          <YAxis
            type="category"
            dataKey="id"
            width={96}
            tickLine={false}
            axisLine={false}
            tick={{ fontSize: 12, fill: 'var(--mantine-color-text)' }}
          />
          <Bar dataKey="liveSessions" fill="var(--accent)" radius={2} barSize={12} isAnimationActive={false}>
            <LabelList
              dataKey="liveSessions"
              position="right"
              formatter={(count) => Number(count).toLocaleString()}
              style={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
            />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

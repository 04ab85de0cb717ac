import { ToneBadge } from './tone-badge.tsx';
import type { Tone } from './tone.ts';
import classes from './tone-badge.module.css';

export type Badge = { readonly text: string; readonly tone: Tone; readonly title?: string };

type Props = {
  badges: readonly Badge[];
  /** How many letters there is room for; a badge costs two beside its own, `+2` three. None: all are drawn. */
  room?: number;
};

/** As many badges as there is room for, the first one always, and how many more there are, which are named on hovering. */
export function BadgeRow({ badges, room = Infinity }: Props) {
  const shown = fitting(badges, room);
  const more = badges.slice(shown);
  return (
    <span className={classes.badges}>
      {badges.slice(0, shown).map(({ text, tone, title }) => (
        <ToneBadge key={text} tone={tone} title={title}>
          {text}
        </ToneBadge>
      ))}
      {more.length > 0 && (
        <span className={classes.more} title={more.map(({ text, title }) => title ?? text).join(', ')}>
          +{more.length}
        </span>
      )}
    </span>
  );
}

function fitting(badges: readonly Badge[], room: number): number {
  const costs = badges.map(({ text }) => text.length + 2);
  const cost = (count: number) =>
    costs.slice(0, count).reduce((sum, each) => sum + each, 0) + (count < costs.length ? 3 : 0);
  let shown = badges.length;
  while (shown > 1 && cost(shown) > room) shown -= 1;
  return shown;
}

// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { BadgeRow } from '../../../src/renderer/badge/badge-row.tsx';

afterEach(cleanup);

const badges = ['travel', 'country', 'new device'].map((text) => ({
  text,
  tone: 'high' as const,
  title: `Rule ${text}`,
}));

describe('badges in a row that is too short for them', () => {
  it('draws those there is room for and names the others on hovering', () => {
    render(<BadgeRow badges={badges} room={20} />);
    expect(screen.getByText('travel').title).toBe('Rule travel');
    expect(screen.getByText('country')).toBeDefined();
    expect(screen.queryByText('new device')).toBeNull();
    expect(screen.getByText('+1').title).toBe('Rule new device');
  });

  it('draws the first one always', () => {
    render(<BadgeRow badges={badges} room={0} />);
    expect(screen.getByText('travel')).toBeDefined();
    expect(screen.getByText('+2').title).toBe('Rule country, Rule new device');
  });

  it('draws all of them where nothing limits it', () => {
    render(<BadgeRow badges={badges} />);
    expect(screen.getByText('new device')).toBeDefined();
    expect(screen.queryByText(/^\+/)).toBeNull();
  });
});

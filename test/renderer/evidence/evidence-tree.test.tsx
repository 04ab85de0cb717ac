// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { EvidenceTree } from '../../../src/renderer/evidence/evidence-tree.tsx';

describe('evidence of any rule', () => {
  afterEach(cleanup);

  it('shows names in words and numbers with their unit', () => {
    render(<EvidenceTree evidence={{ gapMinutes: 12, distanceKm: 1234.5678, newDevice: true, asn: 9009 }} />);
    expect(screen.getByText('Gap').closest('div')?.textContent).toBe('Gap12 min');
    expect(screen.getByText('Distance').closest('div')?.textContent).toBe('Distance1,234.568 km');
    expect(screen.getByText('New device').closest('div')?.textContent).toBe('New deviceyes');
    expect(screen.getByText('ASN').closest('div')?.textContent).toBe('ASNAS9009');
  });

  it('shows our times as times and unknown as unknown', () => {
    render(<EvidenceTree evidence={{ at: '2026-11-21T05:51:00.000Z', city: null }} />);
    expect(document.querySelector('time')?.title).toContain('2026-11-21 05:51:00 UTC');
    expect(screen.getByTitle('Unknown')).toBeDefined();
  });

  it('shows far-side text with hidden characters marked, names included', () => {
    const evidence = { before: { userAgent: '<b>curl</b>\u0007' }, ['a\u202eb']: 'x' };
    const { container } = render(<EvidenceTree evidence={evidence} />);
    expect(container.querySelector('b')).toBeNull();
    expect(screen.getByText('BEL', { selector: 'mark' })).toBeDefined();
    expect(screen.getByText('RLO')).toBeDefined();
  });

  it('stops at a depth and a length that stay readable', () => {
    const deep = { a: { b: { c: { d: { e: { f: 'bottom' } } } } } };
    const many = Array.from({ length: 200 }, (_, index) => `row ${index}`);
    render(<EvidenceTree evidence={{ deep, many }} />);
    expect(screen.getByText(/\{"f":"bottom"\}/)).toBeDefined();
    expect(screen.getByText('and 140 more')).toBeDefined();
  });
});

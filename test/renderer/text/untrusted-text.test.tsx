// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { UntrustedText } from '../../../src/renderer/text/untrusted-text.tsx';

describe('UntrustedText', () => {
  afterEach(cleanup);

  it('draws markup as text', () => {
    const { container } = render(<UntrustedText text="<img src=x onerror=alert(1)>" />);
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('isolates the text from what stands around it', () => {
    const { container } = render(<UntrustedText text="שלום" />);
    expect(container.querySelector('bdi')?.textContent).toBe('שלום');
  });

  it('marks hidden characters, in the hover text too', () => {
    const { container } = render(<UntrustedText text={'a\u202eb'} />);
    expect(container.querySelector('mark')?.textContent).toBe('RLO');
    expect(container.querySelector('bdi')?.title).toBe('a[RLO]b');
  });

  it('tells how much of a long text is left out', () => {
    render(<UntrustedText text={'y'.repeat(2_000)} maxLength={100} />);
    expect(screen.getByText(/1,900 more/)).toBeDefined();
  });

  it('draws unknown as unknown', () => {
    render(<UntrustedText text={null} />);
    expect(screen.getByTitle('Unknown').textContent).toBe('–');
  });
});

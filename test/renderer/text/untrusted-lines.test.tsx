// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { UntrustedLines } from '../../../src/renderer/text/untrusted-lines.tsx';

it('draws lines as they were broken, and still marks what would hide in one', () => {
  const { container } = render(<UntrustedLines text={'Called her.\r\n\nShe is\u202e at home.'} />);
  expect([...container.children].map(({ textContent }) => textContent)).toEqual([
    'Called her.',
    '',
    'She isRLO at home.',
  ]);
});

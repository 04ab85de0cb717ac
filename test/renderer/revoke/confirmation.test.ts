import { describe, expect, it } from 'vitest';
import { missingConfirmation } from '../../../src/renderer/revoke/confirmation.ts';

describe('confirming a revocation', () => {
  it('asks for a reason', () => {
    expect(missingConfirmation(3, '  ', '')).toMatch(/reason/);
    expect(missingConfirmation(3, 'ab', '')).toMatch(/reason/);
    expect(missingConfirmation(3, 'stolen cookie', '')).toBeNull();
  });

  it('asks for the number from 26 sessions on', () => {
    expect(missingConfirmation(25, 'stolen cookie', '')).toBeNull();
    expect(missingConfirmation(26, 'stolen cookie', '')).toBe('Type 26 to confirm that many sessions.');
    expect(missingConfirmation(26, 'stolen cookie', '25')).not.toBeNull();
    expect(missingConfirmation(26, 'stolen cookie', ' 26 ')).toBeNull();
  });

  it('has nothing to confirm when everything is left alone', () => {
    expect(missingConfirmation(0, 'stolen cookie', '0')).toMatch(/nothing left/);
  });
});

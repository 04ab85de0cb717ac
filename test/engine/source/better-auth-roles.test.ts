import { describe, expect, it } from 'vitest';
import { toUser } from '../../../src/engine/source/better-auth/transform.ts';

const tagsOf = (more: Record<string, unknown>) => toUser({ id: 'u1', ...more }).tags;

describe('the role of a better-auth user', () => {
  it.each([
    ['admin', ['administrator']],
    ['user,admin', ['administrator']],
    ['support, admin', ['administrator']],
    ['user', []],
    ['', []],
    // A role of the installation's own is not the plugin's because it begins alike.
    ['administrator-of-nothing', []],
  ])('%j makes the tags %j', (role, tags) => {
    expect(tagsOf({ role })).toEqual(tags);
  });

  it.each([[undefined], [null], [7], [['admin']]])('%j says nothing, which takes nothing back', (role) => {
    expect(tagsOf({ role })).toBeUndefined();
  });
});

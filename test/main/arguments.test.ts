import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/main/arguments.ts';

describe('the arguments of the desktop app', () => {
  it.each([
    [[], {}, { dataDir: '/home/ann/data', isDemo: false }],
    [['.'], { SESSIONSCOPE_DATA_DIR: '/env' }, { dataDir: '/env', isDemo: false }],
    [['.', '--data-dir', '/arg'], { SESSIONSCOPE_DATA_DIR: '/env' }, { dataDir: '/arg', isDemo: false }],
    [['--data-dir=/arg', '--no-sandbox'], {}, { dataDir: '/arg', isDemo: false }],
    [['.', '--demo'], {}, { dataDir: '/home/ann/data/demo', isDemo: true }],
    [['--demo', '--data-dir', '/arg'], {}, { dataDir: '/arg/demo', isDemo: true }],
  ])('%j with %j', (args, environment, expected) => {
    expect(readArguments(args, environment, '/home/ann/data')).toEqual(expected);
  });
});

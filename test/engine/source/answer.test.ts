import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EngineError } from '../../../src/engine/errors.ts';
import { fault, requireJson, type Judge } from '../../../src/engine/source/answer.ts';
import type { HttpAnswer } from '../../../src/engine/source/http.ts';

const schema = z.object({ sessions: z.array(z.object({ id: z.string() })) });

function answer(status: number, body: unknown): HttpAnswer {
  return { status, headers: {}, cookies: [], text: JSON.stringify(body), json: () => body };
}

function faultOf(status: number, body: unknown, judge?: Judge): EngineError {
  try {
    requireJson(answer(status, body), schema, 'list sessions', judge);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('requireJson', () => {
  it('gives the checked body of a success, without keys nobody asked for', () => {
    const body = { sessions: [{ id: 'a', token: 'x' }], more: 1 };
    expect(requireJson(answer(200, body), schema, 'list sessions')).toEqual({ sessions: [{ id: 'a' }] });
  });

  it.each([
    [400, 'bad-answer'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'bad-answer'],
    [500, 'server-error'],
    [503, 'server-error'],
  ] as const)('takes %d for %s where the kind says nothing', (status, code) => {
    expect(faultOf(status, {}).code).toBe(code);
    expect(faultOf(status, {}).message).toContain('"list sessions"');
  });

  it('lets a kind read a refusal its own way, by code or by sentence', () => {
    expect(faultOf(401, { error: 'unauthorized' }, () => 'licence').code).toBe('licence');
    const own = new EngineError('quota', 'The key is used up; wait a day.');
    expect(faultOf(401, {}, () => own)).toBe(own);
    expect(faultOf(401, {}, () => null).code).toBe('unauthorized');
  });

  it('names the field of another shape and repeats nothing of it', () => {
    const wrong = faultOf(200, { sessions: [{ id: 'a' }, { id: { token: 'planted' } }] });
    expect(wrong).toMatchObject({ code: 'bad-answer' });
    expect(wrong.message).toContain('"sessions.1.id" should be a string');
    expect(wrong.message).not.toContain('planted');
    expect(faultOf(200, null).code).toBe('bad-answer');
    expect(faultOf(200, []).code).toBe('bad-answer');
  });
});

describe('fault', () => {
  it('says what happened and what to do', () => {
    expect(fault('forbidden', 'list sessions', 403).message).toBe(
      'The credential is not allowed to do "list sessions" (status 403). Give it the permission, or use a credential that has it.',
    );
  });
});

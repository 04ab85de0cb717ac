import type { Answer } from './server.ts';

/** B: 4.x on Prisma, the documentation's. C: the newest, with numbered errors. */
export type ZiplineGeneration = 'B' | 'C';

/** Zipline's refusals in the words and the shape of a generation. */
export function ziplineErrors(generation: ZiplineGeneration) {
  const refused = (status: number, code: number, title: string, message: string) => (): Answer =>
    generation === 'B'
      ? { status, body: { statusCode: status, error: title, message } }
      : { status, body: { error: `E${code}: ${message}`, code, statusCode: status } };
  const ownSession = 'Cannot delete current session, use log out instead.';
  return {
    ownSession: refused(400, 1021, 'Bad Request', ownSession),
    unknownSession: refused(400, 1031, 'Bad Request', 'Session not found in logged in sessions'),
    noLoginSession: refused(401, 2000, 'Unauthorized', 'invalid login session'),
    badToken: refused(401, 2001, 'Unauthorized', 'Invalid token'),
    notLoggedIn: refused(401, 2002, 'Unauthorized', 'Not logged in'),
    forbidden: refused(403, 3000, 'Forbidden', 'Forbidden'),
    noRoute: refused(404, 4000, 'Not Found', 'Not found'),
    internal: refused(500, 6000, 'Internal Server Error', 'Internal server error'),
    /** No limiter runs on these routes; a proxy in front of them may answer so. */
    tooMany: (): Answer => ({ status: 429, body: { statusCode: 429, error: 'Too Many Requests' } }),
  };
}

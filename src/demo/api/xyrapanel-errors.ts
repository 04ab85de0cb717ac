import type { ApiRequest } from './request.ts';
import type { Answer } from './server.ts';

/** The panel's refusals. Each echoes the request's address, a token in its path included. */
export const xyrapanelErrors = {
  noCredentials: (request: ApiRequest) => error(request, 401, 'Server Error', 'Authentication required.'),
  badKey: (request: ApiRequest) => error(request, 403, 'Server Error', 'Server Error'),
  /** A key over its quota and a session token sent as a key look the same. */
  refusedKey: (request: ApiRequest) => error(request, 401, 'Server Error', 'Server Error'),
  notFound: (request: ApiRequest) => error(request, 404, 'Not Found', 'Session not found'),
  internal: (request: ApiRequest) => error(request, 500, 'Server Error', 'Server Error'),
  tooMany: (request: ApiRequest) => error(request, 429, 'Too Many Requests', 'Too Many Requests'),
  invalid: (request: ApiRequest, field: string, message: string) => {
    const data = { message, statusCode: 400, data: { errors: [{ field, message }] } };
    return error(request, 400, 'Validation Error', 'Query validation failed', data);
  },
};

function error(
  request: ApiRequest,
  statusCode: number,
  statusMessage: string,
  message: string,
  data?: unknown,
): Answer {
  const query = request.query.toString();
  const url = query === '' ? request.path : `${request.path}?${query}`;
  const body = { error: true, url, statusCode, statusMessage, message };
  return { status: statusCode, body: data === undefined ? body : { ...body, data } };
}

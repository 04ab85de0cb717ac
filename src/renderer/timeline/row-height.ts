/** Height of a session's row in pixels; the marks laid over the rows count on it. */
export const ROW_HEIGHT = 30;

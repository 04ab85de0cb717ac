/**
 * The web host answers one-time addresses in place of paths: a browser has no business with this machine's files. Tells
 * whether a written file is had at one.
 */
export function isDownload(path: string): boolean {
  return /^\/download\/[\w-]+$/.test(path);
}

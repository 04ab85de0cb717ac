import { NONCE_PLACEHOLDER } from '../contract/csp.ts';
import { APP_URL } from './app-path.ts';

/**
 * What the window shows when the engine can't start (a broken disk, a newer database, a folder without rights): the
 * reason and a way on, instead of an empty window. No script; opening the app's address again starts the engine anew.
 */
export function startFailurePage(reason: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sessionscope could not start</title>
<style nonce="${NONCE_PLACEHOLDER}">
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 36rem; margin: 20vh auto; padding: 0 1.5rem; }
  p { overflow-wrap: anywhere; }
</style>
<main>
  <h1>Sessionscope could not start</h1>
  <p role="alert">${escapeHtml(reason)}</p>
  <p><a href="${APP_URL}">Try again</a></p>
  <p>Nothing was changed at your sources. “Open data folder” is in the File menu.</p>
</main>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

import './server-flag.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../../../src/renderer/styles.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { App } from '../../../src/renderer/app.tsx';
import { styleNonce } from '../../../src/renderer/style-nonce.ts';

/** The page on an engine in memory: `?empty` shows a first run, `?demo` the demo's banner, `?sessions=5000` more, `?places=30000` a full map. Never shipped. */
async function preview(): Promise<void> {
  const { fakeEngine } = await import('../support/fake-engine.ts');
  const { fakeLink } = await import('../support/fake-link.ts');
  const options = new URLSearchParams(location.search);
  const engine = fakeEngine({
    isEmpty: options.has('empty'),
    sessions: Number(options.get('sessions') ?? 1200),
    ...(options.has('places') ? { places: Number(options.get('places')) } : {}),
    info: options.has('demo') ? { demo: 'running' } : {},
  });
  const nonce = styleNonce(document);
  setNonce(nonce);
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App link={fakeLink(engine)} nonce={nonce} />);
}

void preview();

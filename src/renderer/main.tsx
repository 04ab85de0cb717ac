import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './styles.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './connect.ts';
import { styleNonce } from './style-nonce.ts';

const link = connect();
const nonce = styleNonce(document);
setNonce(nonce);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place to draw in.');
createRoot(root).render(<App link={link} nonce={nonce} />);

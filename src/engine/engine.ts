export type { Engine } from './api.ts';

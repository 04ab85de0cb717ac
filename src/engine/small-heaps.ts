import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's heaps, those of threads too, near what is alive in them. V8's own limits follow the machine's memory: polling a
 * million sessions, 60 MB of objects stood in 330 MB of heap. With these the same work holds 104 MB and takes no more
 * processor time. For the entry of a process that holds an engine, before it loads anything: each heap follows from its
 * next collection on.
 */
export function keepHeapsSmall(): void {
  // Where rows live for the length of a page, a young generation that grows only collects dead ones.
  setFlagsFromString('--semi-space-growth-factor=1');
  // The old generation is collected when it has doubled; V8's own choice is up to four times.
  setFlagsFromString('--heap-growing-percent=100');
}

// Runs before any style is applied, so that a dark page never flashes white. The key is Mantine's own.
(function ({ document, localStorage, matchMedia }) {
  const stored = localStorage.getItem('mantine-color-scheme-value');
  const isDark =
    stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})(globalThis);

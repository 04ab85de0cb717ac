import 'react';

declare module 'react' {
  // Only an interface can be added to from outside.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions, @typescript-eslint/consistent-indexed-object-style
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}

import 'react';

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions, @typescript-eslint/consistent-indexed-object-style -- only an interface can be added to from outside
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}

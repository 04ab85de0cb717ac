import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { PageNotFetched } from '../late-page.ts';
import { EmptyNotice } from './empty-notice.tsx';

/** A bug in one page must not take the others along. React offers this as a class only. */
export class PageErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override readonly state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (error instanceof PageNotFetched) {
      return (
        <EmptyNotice
          title="This page could not be fetched"
          action={<Button onClick={() => location.reload()}>Reload the page</Button>}
        >
          Its code comes from the host of the engine, which did not answer. Reload once it does; what was open
          already can be read until then.
        </EmptyNotice>
      );
    }
    return (
      <EmptyNotice
        title="This page failed"
        action={<Button onClick={() => this.setState({ error: null })}>Draw it again</Button>}
      >
        Nothing was changed by it. If it happens again, report this line: {error.message}
      </EmptyNotice>
    );
  }
}

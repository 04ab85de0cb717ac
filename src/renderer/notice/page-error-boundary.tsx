import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
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

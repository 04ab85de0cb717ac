import { Anchor, type AnchorProps } from '@mantine/core';
import type { AriaAttributes, MouseEvent, ReactNode } from 'react';
import { useAddress, type AddressParams } from './use-address.ts';

type Props = AnchorProps &
  Pick<AriaAttributes, 'aria-current' | 'aria-label'> & {
    to: string;
    params?: AddressParams;
    children: ReactNode;
  };

/** A link to another page of this app; a modified click opens it in a new tab as any link would. */
export function PageLink({ to, params, children, ...anchor }: Props) {
  const { go, href } = useAddress();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    go(to, params);
  };
  return (
    <Anchor href={href(to, params)} onClick={follow} {...anchor}>
      {children}
    </Anchor>
  );
}

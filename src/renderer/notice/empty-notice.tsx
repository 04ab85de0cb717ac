import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

type Props = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** Nothing to show, why, and what to do about it. */
export function EmptyNotice({ icon, title, children, action }: Props) {
  return (
    <div className={classes.empty}>
      {icon && <div className={classes.emptyIcon}>{icon}</div>}
      <Text fw={600} size="md">
        {title}
      </Text>
      {children && (
        <Text c="dimmed" maw={460} component="div">
          {children}
        </Text>
      )}
      {action && <div className={classes.emptyAction}>{action}</div>}
    </div>
  );
}

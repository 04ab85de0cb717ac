import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEngine } from '../engine-client.ts';
import { callProblemOf } from './call-problem.ts';

/** Starting and removing the simulated company; everything on screen is fetched again afterwards. */
export function useDemo() {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const after = {
    onSuccess: () => queryClient.invalidateQueries(),
    onError: (error: Error) => notifications.show({ color: 'red', message: callProblemOf(error).message }),
  };
  return {
    start: useMutation({ mutationFn: () => engine.system.startDemo.mutate(), ...after }),
    remove: useMutation({ mutationFn: () => engine.system.removeDemo.mutate(), ...after }),
  };
}

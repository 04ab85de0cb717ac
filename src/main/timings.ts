/** Prints how long after the start of the process something happened, where SESSIONSCOPE_TIMINGS=1 asks for it. */
export function createTimings(isOn: boolean, write: (line: string) => void): (mark: string) => void {
  return (mark) => {
    if (isOn) write(`timing: ${mark} after ${Math.round(performance.now())} ms\n`);
  };
}

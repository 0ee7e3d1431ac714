// How long the event loop stands still meanwhile.

export interface LoopWatch {
  /** The longest that the loop did not turn, in milliseconds. */
  readonly stop: () => number;
}

/**
 * Watches the event loop. What counts is time that this process worked: a turn that came late because the machine was busy with
 * something else counts no longer than the processor time of this process.
 */
export function watchLoop(): LoopWatch {
  let longest = 0;
  let wall = performance.now();
  let worked = process.cpuUsage();
  const tick = () => {
    const used = process.cpuUsage(worked);
    const late = Math.min(performance.now() - wall, (used.user + used.system) / 1_000);
    longest = Math.max(longest, late);
    wall = performance.now();
    worked = process.cpuUsage();
    timer = setTimeout(tick, 1);
  };
  let timer = setTimeout(tick, 1);
  return {
    stop: () => {
      clearTimeout(timer);
      return longest;
    },
  };
}

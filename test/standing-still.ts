// How long the event loop stands still meanwhile.
import { readFileSync } from "node:fs";

export interface LoopWatch {
  /** The longest that the loop did not turn, in milliseconds. */
  readonly stop: () => number;
}

/**
 * The processor time of this thread, in milliseconds. Where the system doesn't report it, that of all threads of the process, of which some
 * have nothing to do with the loop.
 */
function threadTime(): number {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  }
}

/**
 * Watches the event loop. What counts is time that this thread worked: a turn that came late because the machine was busy with something
 * else counts no longer than the thread's own processor time.
 */
export function watchLoop(): LoopWatch {
  let longest = 0;
  let wall = performance.now();
  let worked = threadTime();
  const tick = () => {
    const now = threadTime();
    longest = Math.max(longest, Math.min(performance.now() - wall, now - worked));
    wall = performance.now();
    worked = now;
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

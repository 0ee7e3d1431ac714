// How long the event loop is blocked.
import { readFileSync } from "node:fs";

const schedule = "/proc/thread-self/schedstat";

/**
 * How long this thread has had the processor, in milliseconds. The threads that run queries or collect garbage are not in it.
 * Where the system does not report a thread by itself, it is the time of the whole process.
 */
export function threadTime(): number {
  try {
    return Number(readFileSync(schedule, "utf8").split(" ")[0]) / 1_000_000;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  }
}

export interface LoopWatch {
  /** The longest time that the loop was blocked, in milliseconds. */
  readonly stop: () => number;
}

/**
 * Watches the event loop. Only time that this thread worked counts: a turn that comes late because the machine is busy with
 * something else counts no longer than the thread's processor time.
 */
export function watchLoop(): LoopWatch {
  let longest = 0;
  let wall = performance.now();
  let worked = threadTime();
  const tick = () => {
    longest = Math.max(longest, Math.min(performance.now() - wall, threadTime() - worked));
    wall = performance.now();
    worked = threadTime();
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

// Progress of an import: a bar on a terminal, a line now and then elsewhere. Both go to standard error.
import { SingleBar } from "cli-progress";
import { stopwatch } from "../../clock.js";
import type { ImportProgress } from "../../import/summary.js";
import { complain } from "./output.js";
import type { Output } from "./streams.js";

export interface ProgressDisplay {
  readonly update: (progress: ImportProgress) => void;
  /** Leaves the terminal as it was. */
  readonly stop: () => void;
}

/** Milliseconds between two lines, where there is no terminal. */
const betweenLines = 5_000;

export function progressDisplay(stream: Output): ProgressDisplay {
  return stream.isTTY ? progressBar(stream) : progressLines();
}

function progressBar(stream: Output): ProgressDisplay {
  const phases = phaseTracker();
  let bar: SingleBar | undefined;
  return {
    update(progress) {
      const { isNew, report } = phases(progress);
      const value = Math.round((report.share ?? 0) * 1_000);
      if (isNew) {
        bar?.stop();
        bar = new SingleBar({
          stream,
          format: "{phase}  {bar}  {percent}{count}, {rate}/s{left}",
          barCompleteChar: "█",
          barIncompleteChar: "░",
          barsize: 30,
          fps: 5,
          hideCursor: true,
          linewrap: false,
          emptyOnZero: true,
        });
        bar.start(1_000, value, payload(report));
      }
      bar?.update(value, payload(report));
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}

function payload(report: PhaseReport) {
  return {
    phase: report.phase.padEnd("redemptions".length),
    percent: report.share === undefined ? "" : `${Math.floor(report.share * 100)}%  `.padStart(6),
    count: report.done.toLocaleString("en"),
    rate: report.rate.toLocaleString("en"),
    left: report.secondsLeft === undefined ? "" : `, ${duration(report.secondsLeft)} left`,
  };
}

function progressLines(): ProgressDisplay {
  const phases = phaseTracker();
  const elapsed = stopwatch();
  let last = 0;
  return {
    update(progress) {
      const { report } = phases(progress);
      if (elapsed() - last < betweenLines) return;
      last = elapsed();
      const { percent, count, rate, left } = payload(report);
      complain(`${report.phase}: ${percent.trimStart()}${count}, ${rate}/s${left}`);
    },
    stop() {},
  };
}

interface PhaseReport {
  readonly phase: string;
  readonly done: number;
  /** Records a second, since the phase began. */
  readonly rate: number;
  /** How much of the phase is done, 0 to 1, where that is known. */
  readonly share?: number;
  readonly secondsLeft?: number;
}

/** Follows an import through its phases; each has its own speed. */
function phaseTracker(): (progress: ImportProgress) => {
  readonly isNew: boolean;
  readonly report: PhaseReport;
} {
  const elapsed = stopwatch();
  let phase: string | undefined;
  let started = 0;
  let last = 0;
  return (progress) => {
    const isNew = phase !== progress.phase;
    if (isNew) {
      phase = progress.phase;
      // It began when the phase before it had its last word; its own first word comes only after some work.
      started = last;
    }
    last = elapsed();
    const seconds = (last - started) / 1_000;
    const share = shareDone(progress);
    return {
      isNew,
      report: {
        phase: progress.phase.replace("_", " "),
        done: progress.done,
        rate: seconds > 0 ? Math.round(progress.done / seconds) : 0,
        share,
        // Too early, it would be a guess.
        secondsLeft:
          share !== undefined && share > 0 && seconds > 1 ? (seconds * (1 - share)) / share : undefined,
      },
    };
  };
}

function shareDone({ bytes, totalBytes, done, total }: ImportProgress): number | undefined {
  if (bytes !== undefined && totalBytes) return Math.min(1, bytes / totalBytes);
  return total ? Math.min(1, done / total) : undefined;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}

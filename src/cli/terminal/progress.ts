// The progress of an import on standard error: a bar on a terminal, otherwise a line now and then.
import { SingleBar } from "cli-progress";
import { stopwatch } from "../../clock.js";
import type { ImportProgress } from "../../import/summary.js";
import { complain } from "./output.js";
import type { Output } from "./streams.js";

export interface ProgressDisplay {
  readonly update: (progress: ImportProgress) => void;
  /** Restores the terminal. */
  readonly stop: () => void;
}

/** Milliseconds between two lines, without a terminal. */
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
  /** Records per second since the phase began. */
  readonly rate: number;
  /** The completed share of the phase, 0 to 1, if known. */
  readonly share?: number;
  readonly secondsLeft?: number;
}

/** Tracks an import's phases, each with its own speed. */
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
      // A phase begins with the last report of the previous one: its own first report comes only after some work.
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
        // An early estimate would be a guess.
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

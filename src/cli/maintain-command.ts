// `segmentql maintain`: keeps the membership of live segments true and delivers webhooks, alone, until it is told to stop.
import pino from "pino";
import { stopRequested } from "./interruption.js";
import { complain } from "./output.js";
import { type GlobalOptions, withEngine } from "./session.js";
import { startUpkeep } from "./upkeep.js";

export async function maintainCommand(options: GlobalOptions): Promise<void> {
  const stopped = stopRequested();
  const log = pino({ level: process.env.LOG_LEVEL ?? "info" }, pino.destination({ dest: 2, sync: true }));
  await withEngine(options, true, async (engine) => {
    const upkeep = startUpkeep(engine, options.project, log);
    complain("Membership is being kept in all projects. Ctrl+C stops it.");
    const signal = await stopped;
    complain(`\n${signal}: finishing what is under way, then stopping.`);
    await upkeep.stop();
  });
}

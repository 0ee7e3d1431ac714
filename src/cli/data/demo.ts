// The demo shop, for the commands that offer it.
import type { Engine } from "../../engine.js";
import { complain } from "../terminal/output.js";

/** Fills an empty project with the demo shop, and says so. */
export async function makeDemo(engine: Engine, project: string): Promise<void> {
  // Loaded only for the demo: names in many languages are large.
  const { seedDemo } = await import("../../generate/demo.js");
  complain(`Seeing to the demo shop in project ${project}; making it takes a few seconds.`);
  const made = await seedDemo(engine, project);
  if (!made) complain("The project has customers already, and keeps those.");
}

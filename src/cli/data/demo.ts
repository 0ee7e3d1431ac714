// The demo shop, for the commands that offer it.
import type { Engine } from "../../engine.js";
import { complain } from "../terminal/output.js";

/** Fills the project with the demo shop where it is empty, and says so. */
export async function makeDemo(engine: Engine, project: string): Promise<void> {
  // Loaded for the demo only: the names of people in many languages are large.
  const { seedDemo } = await import("../../generate/demo.js");
  complain(`Seeing to the demo shop in project ${project}; making it takes a few seconds.`);
  const made = await seedDemo(engine, project);
  if (!made) complain("The project has customers already, and keeps those.");
}

// Builds the server and the console into dist/ once before the browser tests, so that they see today's code.
import { execFileSync } from "node:child_process";

export default function build(): void {
  // Vitest's own NODE_ENV would have React built for development.
  const env = { ...process.env, NODE_ENV: "production" };
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit", env });
}

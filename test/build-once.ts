// Builds the server into dist/ once before the tests, so that those which start the command line see today's code.
import { execFileSync } from "node:child_process";

export default function buildOnce(): void {
  execFileSync("npm", ["run", "--silent", "build:server"], { stdio: "inherit" });
}

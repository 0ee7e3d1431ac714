// Builds the server and the console into dist/ once before the browser tests, so that they see today's code.
import { execFileSync } from "node:child_process";

export default function build(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
}

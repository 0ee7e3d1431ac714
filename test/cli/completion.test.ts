// What shells complete, asked of the shells themselves where the machine has them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCommand } from "./command-line.js";

async function scriptOf(shell: string): Promise<string> {
  const { exitCode, output } = await runCommand(["completion", shell]);
  expect(exitCode).toBe(0);
  return output;
}

it.each([
  [["segmentql", "segm"], ["segment"]],
  [["segmentql", "segment", "li"], ["list"]],
  [["segmentql", "query", "--fo"], ["--format"]],
  [["segmentql", "segment", "members", "--col"], ["--columns"]],
  [["segmentql", "segment", "list", "--pro"], ["--project"]],
])("bash completes %s", async (words, completed) => {
  const script = `${await scriptOf("bash")}
COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${words.length - 1}; _segmentql; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n")).toEqual(completed);
});

it.each([
  ["zsh", "'list:list the segments, by name'"],
  ["fish", "-n '__fish_seen_subcommand_from segment' -a list -d 'list the segments, by name'"],
  [
    "fish",
    "-n '__fish_seen_subcommand_from segment; and __fish_seen_subcommand_from list' -l archived -d 'the archived ones instead'",
  ],
])("%s is offered commands with what they are for", async (shell, line) => {
  const script = await scriptOf(shell);
  expect(script).toContain(line);
  const folder = mkdtempSync(join(tmpdir(), "segmentql-completion-"));
  try {
    writeFileSync(join(folder, "script"), script);
    const { error, status } = spawnSync(shell, ["-n", join(folder, "script")]);
    if (error === undefined) expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("an unknown shell is refused", async () => {
  expect(await runCommand(["completion", "tcsh"])).toMatchObject({
    exitCode: 2,
    errors: expect.stringContaining("Allowed choices are bash, zsh, fish."),
  });
});

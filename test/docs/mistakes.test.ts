// docs/mistakes.md is made here, of the list of usual mistakes.
import { expect, it } from "vitest";
import { mistakesPage } from "./mistakes-page.js";

it("docs/mistakes.md is what is made of them (mend: npm run docs)", async () => {
  await expect(mistakesPage()).toMatchFileSnapshot("../../docs/mistakes.md");
});

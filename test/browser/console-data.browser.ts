// Files in and out of the console, and signing in: as a person does it, in a browser.
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openShop, type Shop } from "./shop.js";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.stop());

const shopifyExport = "test/import/csv/fixtures/shopify-customers.csv";

/** Drops a file on the page, as from a folder of the desktop. */
async function drop(page: Awaited<ReturnType<Shop["visit"]>>["page"], name: string, content: string) {
  // The page's own classes: this file is compiled without them.
  const made = `(() => {
    const data = new DataTransfer();
    data.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)}, { type: "text/csv" }));
    return data;
  })()`;
  const transfer = await page.evaluateHandle(made);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: transfer });
}

it("imports a Shopify export by drop, and shows whom it brought", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Data" }).click();
  await page.locator(".drop").waitFor();
  await drop(page, "customers_export.csv", readFileSync(shopifyExport, "utf8"));
  await page.getByText("This is Shopify's export of customers.").waitFor();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("button", { name: "Import another file" }).waitFor();
  const read = await page
    .getByRole("row", { name: /^customers/ })
    .getByRole("cell")
    .allInnerTexts();
  const [first, written] = read.map(Number);
  expect(first).toBeGreaterThan(0);
  expect(written).toBe(first);
  expect(visit.problems).toEqual([]);
  expect(visit.outside()).toEqual([]);
  await visit.close();
});

it("reads columns as the reader says, and hands out what was rejected", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Data" }).click();
  await page.locator(".drop").waitFor();
  const csv = "Nr;Surname;Born on\nx-1;Ada;1990-02-28\nx-2;Bob;1990-13-40\n";
  await page.locator("input[type=file]").setInputFiles({
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv),
  });
  await page.getByText("One column has to identify customers").waitFor();
  await page.getByLabel("Read as: Nr").selectOption("columns.sourceId");
  await page.getByLabel("Read as: Born on").selectOption("columns.birthdate");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText('Line 3: `Born on` is "1990-13-40"').waitFor();
  const link = page.getByRole("link", { name: "Download 1 rejected record" });
  const saved = page.waitForEvent("download");
  await link.click();
  expect(readFileSync(await (await saved).path(), "utf8")).toContain("x-2");
  const { customer } = await shop.ask(`{ customer(by: { sourceId: "x-1" }) { name birthdate } }`);
  expect(customer).toEqual({ name: "Ada", birthdate: "1990-02-28" });
  await visit.close();
});

it("exports everything as an archive", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Data" }).click();
  await page.getByRole("button", { name: "Export everything" }).click();
  const link = page.getByRole("link", { name: /^Download default/ });
  await link.waitFor();
  const saved = page.waitForEvent("download");
  await link.click();
  const files = Object.keys(unzipSync(readFileSync(await (await saved).path())));
  expect(files).toEqual(expect.arrayContaining(["customers.ndjson.gz", "project.json"]));
  await visit.close();
});

it("makes the first key, stays signed in, and asks others for it", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Name of the new key").fill("Console");
  await page.getByRole("button", { name: "Create key" }).click();
  const key = (await page.locator(".secret").textContent())!;
  await page.getByText("Console · Admin").waitFor();
  await page.getByRole("link", { name: "Customers" }).click();
  await page.locator("table tbody tr").first().waitFor();
  // A server that had no key looks for one again after a second.
  const asked = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"{ __typename }"}',
  };
  const withoutKey = async () => (await fetch(`${shop.url}/graphql`, asked)).status;
  await expect.poll(withoutKey, { timeout: 30_000, interval: 100 }).toBe(401);
  const other = await page.context().browser()!.newContext();
  const stranger = await other.newPage();
  await stranger.goto(shop.url);
  await stranger.getByLabel("API key").fill("segmentql.default.nobody.nothing");
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await stranger.getByRole("alert").filter({ hasText: "not valid" }).waitFor();
  await stranger.getByLabel("API key").fill(key);
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await stranger.locator('[data-testid="count"] strong').waitFor();
  await stranger.getByRole("link", { name: "Settings" }).click();
  await stranger.getByRole("button", { name: "Sign out" }).click();
  await stranger.getByLabel("API key").waitFor();
  await other.close();
  await visit.close();
});

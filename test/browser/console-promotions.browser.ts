// A promotion from its rule to a redemption that is rolled back, as a person makes it in a browser.
import { afterAll, beforeAll, expect, it } from "vitest";
import { openShop, type Shop, type Visit } from "./shop.js";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.ask(
    `mutation {
      customerUpsert(input: { sourceId: "ann", name: "Ann Regular", address: { country: "PL" } }) { status }
      orderUpsert(input: { sourceId: "ann-1", customer: { sourceId: "ann" }, createdAt: "2026-11-01T10:00:00Z", amount: { amount: "123456" } }) { status }
      b: customerUpsert(input: { sourceId: "bob", name: "Bob New", address: { country: "PL" } }) { status }
    }`,
  );
  await shop.ask(
    'mutation { segmentCreateAutoUpdate(input: { name: "Regulars", query: "total spent is more than $100000" }) { segment { id } } }',
  );
});
afterAll(() => shop?.stop());

it("limits a campaign to a segment, publishes a code, tells who may redeem, and rolls a redemption back", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Promotions" }).click();
  await page.getByText("There is no campaign yet.").waitFor();

  await page.getByRole("button", { name: "New rule" }).click();
  const dialog = page.getByRole("dialog");
  const save = dialog.getByRole("button", { name: "Save" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Regulars once");
  await dialog.getByLabel("Least order, in USD").fill("plenty");
  await save.click();
  await dialog.getByText(/"plenty", which is not an amount of USD/).waitFor();
  const minimum = dialog.getByLabel("Least order, in USD");
  expect(await minimum.getAttribute("aria-invalid")).toBe("true");
  await minimum.fill("50");
  await dialog.locator(".cm-content").click();
  await page.keyboard.type("country is Poland", { delay: 8 });
  await dialog.getByRole("combobox", { name: "Add a segment…" }).selectOption({ label: "Regulars" });
  await dialog.getByLabel("Per customer").fill("1");
  await dialog.locator('.audience-count[data-stale="false"]', { hasText: /^1 may redeem$/ }).waitFor();
  await save.click();
  await page.getByText("1 per customer · orders of at least US$50.00").first().waitFor();

  await page.getByRole("button", { name: "New campaign" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Winter");
  await dialog.getByLabel("Percentage").fill("120");
  await dialog.getByRole("checkbox", { name: "Regulars once" }).check();
  await save.click();
  const percentage = dialog.getByLabel("Percentage");
  await dialog.locator(".problem").waitFor();
  expect(await percentage.getAttribute("aria-invalid")).toBe("true");
  await percentage.fill("10");
  await save.click();
  await page.getByRole("heading", { name: "Winter" }).waitFor();
  await page.locator('.audience-count[data-stale="false"]', { hasText: /^1 may redeem$/ }).waitFor();

  await page.getByRole("tab", { name: "Codes" }).click();
  await page.getByRole("button", { name: "Generate" }).click();
  await dialog.getByLabel("How many").fill("3");
  await dialog.getByLabel("Pattern").fill("#");
  await dialog.getByRole("button", { name: "Generate" }).click();
  await dialog.getByText(/^The pattern has 1 random character/).waitFor();
  await dialog.getByLabel("Pattern").fill("WINTER-########");
  await dialog.getByRole("button", { name: "Generate" }).click();
  await page.getByText("3 of 3 codes").waitFor();
  await page.getByRole("button", { name: "Publish" }).click();
  await dialog.getByRole("combobox", { name: "Segment" }).selectOption({ label: "Regulars" });
  await dialog.getByRole("button", { name: "Publish" }).click();
  const published = page.getByRole("row", { name: /Ann Regular/ });
  await published.getByText("Published").waitFor();
  await page.getByRole("combobox", { name: "State" }).selectOption("PUBLISHED");
  await page.getByText("1 of 3 codes").waitFor();
  const code = await published.locator(".secret").innerText();
  expect(code).toMatch(/^WINTER-.{8}$/);

  await page.getByRole("textbox", { name: "Code", exact: true }).fill(code);
  await page.getByRole("combobox", { name: "Customer" }).fill("bob");
  await page.getByLabel("Order in USD (optional)").fill("80");
  await page.getByRole("button", { name: "Try" }).click();
  await page.getByText("May not redeem").waitFor();
  await page
    .getByRole("region", { name: /rule "Regulars once"/ })
    .locator('.clause[data-holds="false"]')
    .first()
    .waitFor();
  await page.getByRole("combobox", { name: "Customer" }).fill("Ann Regular");
  await page.getByRole("button", { name: "Try" }).click();
  await page.getByText("US$8.00 off").waitFor();
  await page.getByText("Ann Regular (ann):").waitFor();
  await page.getByRole("combobox", { name: "Customer" }).fill("Ann Regul");
  await page.getByText("US$8.00 off").waitFor({ state: "hidden" });

  await shop.ask(
    `mutation($code: String!) {
      redemptionRedeem(input: { target: { code: $code }, customer: { sourceId: "ann" }, order: { amount: { amount: "80" } } }) { userErrors { message } }
    }`,
    { code },
  );
  await page.getByRole("tab", { name: "Redemptions" }).click();
  const redeemed = page.getByRole("row", { name: /Ann Regular/ });
  await redeemed.getByRole("button", { name: "Roll back" }).click();
  await redeemed.getByRole("button", { name: "Roll back for good" }).click();
  await redeemed.getByText("rolled back").waitFor();
  const { campaign } = await shop.ask('{ campaign(by: { name: "Winter" }) { redemptionsCount } }');
  expect(campaign.redemptionsCount).toBe(0);

  await page.getByRole("link", { name: "Promotions" }).click();
  await page.getByRole("row", { name: /Winter.*Regulars once.*Active/ }).waitFor();
  await page.getByRole("button", { name: "Delete Regulars once" }).click();
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByRole("button", { name: "Delete Regulars once" }).click();
  await page.getByRole("button", { name: "Delete “Regulars once” for good" }).click();
  await page.getByText(/can't be deleted/).waitFor();
  expect(visit.outside()).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

/** How many controls a page or a dialog may have before the one that is looked for. */
const maxTabs = 60;

/** Moves the focus forward until it is on a control of a name; fails if Tab never reaches it. */
async function tabTo(
  { page }: Visit,
  role: "button" | "textbox" | "checkbox" | "spinbutton" | "tab" | "combobox",
  name: string,
) {
  const control = page.getByRole(role, { name, exact: true });
  await control.first().waitFor();
  for (let tabs = 0; tabs < maxTabs; tabs += 1) {
    if ((await control.and(page.locator(":focus")).count()) > 0) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach the ${role} "${name}".`);
}

it("is made, published and tried by the keyboard alone", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  const { keyboard } = page;
  await keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Go to/ }).waitFor();
  await keyboard.type("promotions", { delay: 8 });
  await page.getByRole("option", { name: /^Promotions/ }).waitFor();
  await keyboard.press("Enter");
  await tabTo(visit, "button", "New rule");
  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await tabTo(visit, "textbox", "Name");
  await keyboard.type("Keys once");
  await tabTo(visit, "textbox", "Who may redeem: a sentence (optional)");
  await keyboard.type("email is unknown", { delay: 8 });
  await keyboard.press("Escape");
  await tabTo(visit, "spinbutton", "Per customer");
  await keyboard.type("1");
  await dialog.locator('.audience-count[data-stale="false"]').waitFor();
  await tabTo(visit, "button", "Save");
  await keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });

  await tabTo(visit, "button", "New campaign");
  await keyboard.press("Enter");
  await tabTo(visit, "textbox", "Name");
  await keyboard.type("Keys");
  await tabTo(visit, "textbox", "Percentage");
  await keyboard.type("15");
  await tabTo(visit, "checkbox", "Keys once");
  await keyboard.press("Space");
  await tabTo(visit, "button", "Save");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Keys", exact: true }).waitFor();

  await tabTo(visit, "tab", "Rules");
  await keyboard.press("ArrowRight");
  await tabTo(visit, "button", "Add a code");
  await keyboard.press("Enter");
  await tabTo(visit, "textbox", "Code");
  await keyboard.type("KEYS-15");
  await keyboard.press("Enter");
  await page.getByRole("row", { name: /KEYS-15/ }).waitFor();
  await tabTo(visit, "textbox", "Code");
  await keyboard.type("KEYS-15");
  await tabTo(visit, "combobox", "Customer");
  await keyboard.type("bob");
  await tabTo(visit, "textbox", "Order in USD (optional)");
  await keyboard.type("80");
  await keyboard.press("Enter");
  await page.getByText("US$12.00 off").waitFor();
  expect(visit.problems).toEqual([]);
  await visit.close();
});

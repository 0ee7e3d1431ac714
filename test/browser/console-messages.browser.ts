// Customers are written to and a system is connected, as a person does both in a browser.
import { createHmac } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runMailbox } from "../messaging/mailbox.js";
import { openShop, type Shop } from "./shop.js";

let shop: Shop;
let mailbox: Awaited<ReturnType<typeof runMailbox>>;
beforeAll(async () => {
  mailbox = await runMailbox();
  shop = await openShop({
    SEGMENTQL_SMTP_URL: mailbox.settings.smtpUrl,
    SEGMENTQL_MAIL_FROM: mailbox.settings.from,
  });
  await shop.ask(
    `mutation {
      consentDefine(input: { names: ["winter news", "phone news"] }) { userErrors { message } }
      ann: customerUpsert(input: { sourceId: "ann", name: "Ann Regular", email: "ann@example.com", consents: ["winter news"], address: { city: "Hopeville" } }) { status }
      bob: customerUpsert(input: { sourceId: "bob", name: "Bob New", email: "bob@example.com", address: { city: "Hopeville" } }) { status }
      cyd: customerUpsert(input: { sourceId: "cyd", name: "Cyd", consents: ["winter news"], address: { city: "Hopeville" } }) { status }
      made: campaignCreate(input: { name: "Come back", discount: { percent: { percent: "10" } } }) { userErrors { message } }
      codes: promotionCodesGenerate(input: { campaign: { name: "Come back" }, count: 3, pattern: "BACK-########" }) { userErrors { message } }
    }`,
  );
});
afterAll(async () => {
  await shop?.stop();
  await mailbox?.stop();
});

it("writes to an audience, says who is left out, and decides a message that is in doubt", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Messages" }).click();
  await page.getByText("Nobody is written to yet.").waitFor();

  await page.getByRole("button", { name: "New distribution" }).click();
  const dialog = page.getByRole("dialog");
  const save = dialog.getByRole("button", { name: "Save" });
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("We miss you");
  await dialog.getByLabel("Purpose: why they are written to").fill("Win back Hopeville");
  await dialog.locator(".cm-content").click();
  await page.keyboard.type("city is Hopeville", { delay: 8 });
  await page.keyboard.press("Escape");
  await dialog.locator('.audience-count[data-stale="false"]', { hasText: /^3 in the audience$/ }).waitFor();
  await dialog.getByLabel("Permission that they have given").selectOption("winter news");
  await dialog.getByLabel("Code to hand out").selectOption({ label: "Come back" });
  await dialog.getByLabel("Subject").fill("Hello {{ customer.name }}");
  const body = dialog.getByLabel("Message", { exact: true });
  await body.fill("<p>Dear {{ customer.nmae }}, use </p>");
  await save.click();
  await dialog.getByText(/there is no field `customer.nmae`/).waitFor();
  expect(await body.getAttribute("aria-invalid")).toBe("true");
  await body.fill("<p>Dear {{ customer.name }}, use ");
  await dialog.getByRole("button", { name: "code", exact: true }).click();
  expect(await body.inputValue()).toBe("<p>Dear {{ customer.name }}, use {{ code }}");
  await save.click();
  await page.getByRole("heading", { name: "We miss you" }).waitFor();

  await page.getByText("1 customer would get a message now").waitFor();
  await page.getByText("3 customers in the audience").waitFor();
  await page.getByText("1 without permission").waitFor();
  await page.getByText("1 with permission, but without an e-mail address").waitFor();
  await page.getByText("Hello Ann Regular").waitFor();
  await page.frameLocator(".rendered-email").getByText("Dear Ann Regular, use SAMPLE-CODE").waitFor();
  await page.getByText("Pictures from other sites and style sheets are not shown here").waitFor();
  await page.getByLabel("To", { exact: true }).selectOption("");
  await page.getByRole("combobox", { name: "Customer" }).fill("bob");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("Hello Bob New").waitFor();
  await page.getByLabel("E-mail address").fill("me@shop.example");
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByText("The test was sent.").waitFor();
  expect(mailbox.mails.map(({ to }) => to)).toEqual([["me@shop.example"]]);

  await page.getByRole("button", { name: "Edit" }).click();
  await dialog
    .getByLabel("Message", { exact: true })
    .fill("<p>Welcome back, {{ customer.name }}: {{ code }}</p>");
  await save.click();
  await page.frameLocator(".rendered-email").getByText("Welcome back, Bob New: SAMPLE-CODE").waitFor();

  // Another customer can be written to since the page was opened, and no more the next time.
  await moveDan("Hopeville");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("button", { name: "Write to 2 now" }).waitFor();
  await page.getByRole("button", { name: "Not now" }).click();
  await moveDan("Elsewhere");

  // The mail server takes the message, and closes the connection without an answer.
  mailbox.cutOff(true);
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("button", { name: "Write to 1 now" }).click();
  await page.getByText("1 in doubt").waitFor();
  await page.getByText("1 without permission").first().waitFor();
  await page.getByRole("tab", { name: "Recipients" }).click();
  await page.getByText("3 of 3 messages").waitFor();
  await page.getByRole("row", { name: /Bob New.*Not sent.*The customer has not given permission/ }).waitFor();
  await page.getByRole("row", { name: /Cyd.*Not sent.*The customer has no e-mail address/ }).waitFor();
  await page.getByRole("button", { name: "Decide" }).click();
  await page.getByText("1 of 1 messages").waitFor();
  mailbox.cutOff(false);
  await page.getByRole("button", { name: "Send it again: Ann Regular" }).click();
  await page.getByLabel("Status").selectOption("SENT");
  const sent = page.getByRole("row", { name: /Ann Regular.*Sent.*BACK-/ });
  await sent.waitFor();
  // No row of another status is shown while those of this one are read.
  const answerFailed = await hold(page, '"status":"FAILED"');
  await page.getByLabel("Status").selectOption("FAILED");
  await sent.waitFor({ state: "detached" });
  await answerFailed();
  await page.getByText("There are no messages of this status.").waitFor();
  await page.getByText("1 of 3 messages sent").waitFor();
  await page.locator(".segment-facts", { hasText: "Finished" }).waitFor();
  expect(mailbox.mails.at(-1)?.to).toEqual(["ann@example.com"]);

  await page.getByRole("link", { name: "Messages" }).click();
  await page.getByRole("row", { name: /We miss you.*Finished.*1 of 3.*1 without permission/ }).waitFor();
  await page.getByRole("link", { name: "We miss you" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete with its messages" }).click();
  await page.getByText("Nobody is written to yet.").waitFor();
  expect(visit.outside()).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

it("waits for an event, is paused, resumed and canceled", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await shop.ask(
    'mutation { eventDefine(input: { name: "cart left" , properties: [] }) { userErrors { message } } }',
  );
  await page.goto(`${shop.url}/messages`);
  await page.getByRole("button", { name: "New distribution" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Cart");
  await dialog.getByLabel("Purpose: why they are written to").fill("Bring carts back");
  await dialog.getByLabel("When").selectOption("EVENT");
  await dialog.getByLabel("Event").selectOption("cart left");
  await dialog.getByLabel("Permission that they have given").selectOption("winter news");
  await dialog.getByLabel("Channel").selectOption("WEBHOOK");
  await dialog.getByLabel("Address of the webhook").fill("https://127.0.0.1/hook");
  await dialog.getByLabel("Message", { exact: true }).fill("Hello {{ customer.name }}");
  await dialog.getByRole("button", { name: "Save" }).click();
  const url = dialog.getByLabel("Address of the webhook");
  await dialog.locator(".problem").waitFor();
  expect(await url.getAttribute("aria-invalid")).toBe("true");
  await url.fill("https://hooks.example.com/hook");
  const invalid = { valid: false, diagnostics: [{ severity: "ERROR", message: "No such segment." }] };
  const endInvalid = await answerWith(page, "query Recipients", {
    data: { segmentPreview: { ...invalid, customers: { nodes: [] } } },
  });
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("each time “cart left” is recorded").waitFor();
  await page.getByText("customers can be written to").waitFor();
  await page.getByText("No such segment.").waitFor();
  await endInvalid();
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("button", { name: "Start for good" }).click();
  // A failed answer to the question that is asked every few seconds is said, and takes away nothing that was typed.
  await page.getByRole("combobox", { name: "Customer" }).fill("bo");
  const endFailure = await answerWith(page, "query Distribution(", {
    errors: [{ message: "The store is busy.", extensions: { code: "INTERNAL_SERVER_ERROR" } }],
  });
  await page.getByText("The store is busy.").waitFor();
  expect(await page.getByRole("combobox", { name: "Customer" }).inputValue()).toBe("bo");
  await endFailure();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("The store is busy.").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Pause" }).click();
  await page.locator(".segment-facts", { hasText: "Paused" }).waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.locator(".segment-facts", { hasText: "Active" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Send nothing more" }).click();
  await page.locator(".segment-facts", { hasText: /^Canceled/ }).waitFor();
  expect(visit.problems).toEqual([]);
  await visit.close();
});

it("creates a distribution by touch on a phone", async () => {
  const visit = await shop.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { page } = visit;
  await page.goto(`${shop.url}/messages`);
  await page.getByRole("button", { name: "New distribution" }).tap();
  const dialog = page.getByRole("dialog");
  const name = dialog.getByRole("textbox", { name: "Name", exact: true });
  await name.waitFor();
  // React Aria hides the form by inline styles until a keyboard covers a part of the page, which here it never does.
  const { x, y, width, height } = (await name.boundingBox())!;
  const touched = await page.evaluate(`document.elementFromPoint(${x + width / 2}, ${y + height / 2})?.id`);
  expect(touched).toBe(await name.getAttribute("id"));
  await name.tap();
  await page.keyboard.type("By touch");
  await dialog.getByLabel("Purpose: why they are written to").fill("Write from a phone");
  await dialog.getByLabel("Permission that they have given").selectOption("phone news");
  await dialog.getByLabel("Subject").fill("Hello");
  await dialog.getByLabel("Message", { exact: true }).fill("<p>Hello</p>");
  await dialog.getByRole("button", { name: "Save" }).tap();
  await page.getByRole("heading", { name: "By touch" }).waitFor();
  await page.getByText("Nobody in the audience can be written to now. Choose another customer").waitFor();
  expect(visit.problems).toEqual([]);
  await visit.close();
});

it("connects Shopify, shows its deliveries and why one was rejected, pauses and removes it", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Sources" }).click();
  await page.getByText("No system is connected yet.").waitFor();
  await page.getByText("create an admin key in the settings first").waitFor();
  await page.getByRole("button", { name: "Connect a system" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Connect a system" }).click();
  await dialog.getByLabel("Name").fill("Main shop");
  // What was typed is kept, and what is shown once.
  const leave = async (): Promise<void> => {
    await page.mouse.click(5, 5);
    await page.keyboard.press("Escape");
  };
  await leave();
  expect(await dialog.getByLabel("Name").inputValue()).toBe("Main shop");
  await dialog.getByLabel("Secret (made if empty)").fill("short");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.getByText(/16 to 256 letters/).waitFor();
  expect(await dialog.getByLabel("Secret (made if empty)").getAttribute("aria-invalid")).toBe("true");
  await dialog.getByLabel("Secret (made if empty)").fill("");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.getByRole("button", { name: "Copy Address to send to" }).waitFor();
  await leave();
  const [address, secret] = await dialog.locator(".secret").allInnerTexts();
  expect(address).toMatch(new RegExp(`^${shop.url}/sources/`));
  await dialog.getByRole("button", { name: "Done" }).click();

  expect(await deliver(address!, secret!, "customers/create", { id: 1, email: "shop@example.com" })).toBe(
    200,
  );
  const card = page.locator(".card", { hasText: "Main shop" });
  await card.getByText("1 accepted").waitFor();
  expect(await deliver(address!, secret!, "customers/create", { email: "nobody@example.com" })).toBe(400);
  await card.getByText("1 rejected").waitFor();
  await card.getByText("The last reason").click();
  await card.getByText("customers/create").waitFor();
  // Not `uncheck`: the box follows the answer.
  await card.getByLabel(/^Receives/).click();
  await card.getByText("Paused").waitFor();
  await expect
    .poll(() => deliver(address!, secret!, "customers/create", { id: 2 }), { timeout: 60_000 })
    .toBe(503);
  await card.getByRole("button", { name: "Enter its secret" }).click();
  await dialog.getByLabel("Secret that it signs with").fill("a secret of the shop");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText(/16 to 256 letters/).waitFor();
  await dialog.getByLabel("Secret that it signs with").fill("secret-of-the-shop");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  await card.getByRole("button", { name: "Remove Main shop" }).click();
  await card.getByRole("button", { name: "Remove: deliveries are refused" }).click();
  await page.getByText("No system is connected yet.").waitFor();

  await page.getByRole("button", { name: "Connect a system" }).click();
  await dialog.getByLabel("System").selectOption("MAILCHIMP");
  await dialog.getByLabel("Name").fill("List");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await dialog.getByText(/\/sources\/[^?]+\?secret=/).waitFor();
  expect(visit.outside()).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

it("hands out the widget's snippet with a public key", async () => {
  const visit = await shop.visit();
  const { page } = visit;
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Name of the new key").fill("Console");
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByText("Console · Admin").waitFor();
  await page.getByRole("link", { name: "Sources" }).click();
  await page.getByRole("button", { name: "Create a public key" }).click();
  await page.getByText("The key is shown this once").waitFor();
  const snippet = await page.locator(".snippet .code").first().innerText();
  const [, key] = /data-key="([^"]+)"/.exec(snippet) ?? [];
  expect(snippet).toContain(`src="${shop.url}/widget.js"`);
  const answer = await fetch(`${shop.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: '{"query":"{ customers(first: 1) { totalCount } }"}',
  });
  // The key is known, and may not read.
  expect(JSON.stringify(await answer.json())).toContain("FORBIDDEN");
  expect(visit.problems).toEqual([]);
  await visit.close();
});

const moveDan = (city: string) =>
  shop.ask(
    `mutation($city: String!) {
      customerUpsert(input: { sourceId: "dan", name: "Dan", email: "dan@example.com", consents: ["winter news"], address: { city: $city } }) { status }
    }`,
    { city },
  );

/** Holds the answers to requests with `part` in their body back, until what it returns is called. */
async function hold(page: Page, part: string): Promise<() => Promise<void>> {
  let go = (): void => {};
  const released = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes(part)) await released;
    await route.fallback();
  });
  return async () => {
    go();
    await page.unroute("**/graphql");
  };
}

/** Answers requests with `part` in their body, until what it returns is called. */
async function answerWith(page: Page, part: string, answer: object): Promise<() => Promise<void>> {
  await page.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes(part)) await route.fulfill({ json: answer });
    else await route.fallback();
  });
  return () => page.unroute("**/graphql");
}

/** Posts a payload as Shopify signs it, and returns the status of the answer. */
async function deliver(address: string, secret: string, topic: string, payload: object): Promise<number> {
  const body = JSON.stringify({ updated_at: "2026-11-20T10:00:00Z", ...payload });
  const { status } = await fetch(address, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-webhook-id": `${topic}-${JSON.stringify(payload)}`,
      "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
    },
    body,
  });
  return status;
}

// The stories of the console, against a real service: on the embedded store, and on MongoDB where MONGODB_URI is set.
import type { Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  countShown,
  holdsSentence,
  isEmbedded,
  openShop,
  type Shop,
  sentenceOf,
  type Visit,
  write,
} from "./shop.js";

let shop: Shop;
let visit: Visit;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop?.stop());

beforeEach(async () => {
  visit = await shop.visit();
});

afterEach(async () => {
  expect(visit.outside()).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

async function counted(query: string): Promise<number> {
  return (await shop.ask("query($q: String!) { segmentPreview(query: $q) { count } }", { q: query }))
    .segmentPreview.count;
}

describe("a first visit", () => {
  it("opens on a sentence that answers, with three more one click away", async () => {
    const { page } = visit;
    const first = await countShown(page);
    expect(first).toBe(await counted(await sentenceOf(page)));
    expect(first).toBeGreaterThan(0);
    const samples = page.locator(".samples button");
    expect(await samples.count()).toBe(3);
    await samples.first().click();
    const second = await countShown(page, first);
    expect(second).toBe(await counted(await sentenceOf(page)));
  });
});

describe("the tour", () => {
  const here = '[data-tour="here"]';
  it("outlines a part of the page at each step, while the page stays usable", async () => {
    const { page } = visit;
    await countShown(page);
    await page.getByRole("button", { name: "Take the two-minute tour" }).click();
    const tour = page.getByRole("complementary", { name: "A tour of Explore" });
    const steps = [
      ["A sentence says which customers", "sentence-editor"],
      ["Each part is a control", "sentence-editor"],
      ["The number follows each key", "audience"],
      ["These are the customers", "explore-columns"],
      ["The same query, other ways", "toolbar"],
      ["Save it as a segment", "button button-main"],
    ] as const;
    for (const [index, [title, outlined]] of steps.entries()) {
      await tour.getByRole("heading", { name: title }).waitFor();
      await tour.getByText(`${index + 1} of 6`).waitFor();
      expect(
        await page.locator(here).evaluateAll((found) => found.map(({ className }) => className)),
      ).toEqual([outlined]);
      if (title === "These are the customers") {
        await page.locator(".table-name").first().click();
        await page
          .getByRole("complementary", { name: "Customer" })
          .getByRole("button", { name: "Close" })
          .click();
      }
      await tour.getByRole("button", { name: index === 5 ? "Done" : "Next" }).click();
    }
    await tour.waitFor({ state: "detached" });
    expect(await page.locator(here).count()).toBe(0);
  });

  it("is left at any step by Escape or its button, and begins from the palette too", async () => {
    const { page } = visit;
    await countShown(page);
    await page.getByRole("button", { name: "Take the two-minute tour" }).click();
    const tour = page.getByRole("complementary", { name: "A tour of Explore" });
    await tour.getByRole("button", { name: "Next" }).click();
    await tour.getByText("2 of 6").waitFor();
    await page.keyboard.press("Escape");
    await tour.waitFor({ state: "detached" });
    await page.goto(`${shop.url}/segments`);
    await page.getByRole("heading", { name: "Segments", exact: true }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: /^Take the two-minute tour/ }).click();
    await tour.getByText("1 of 6").waitFor();
    await countShown(page);
    await tour.getByRole("button", { name: "Leave the tour" }).click();
    await tour.waitFor({ state: "detached" });
  });

  it("outlines what comes after the form, and leaves Explore as it is where the palette begins it", async () => {
    const { page } = visit;
    const q = encodeURIComponent("country is Poland");
    await page.goto(`${shop.url}/?q=${q}&form=true&tour=3`);
    await page.locator(`.audience${here}`).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: /^Take the two-minute tour/ }).click();
    await page.getByText("1 of 6").waitFor();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({ q: "country is Poland", form: "true", tour: "1" });
  });
});

describe("the main story", () => {
  it("mends a mistake, counts, tells why, changes the form and a value in the sentence, and saves", async () => {
    const { page } = visit;
    await countShown(page);
    await write(page, "contry is Poland and total spent is more than $100");
    await page.locator(".mistake").getByRole("button", { name: "Write “country”" }).click();
    const poland = await countShown(page);
    expect(await sentenceOf(page)).toBe("country is Poland and total spent is more than $100");
    expect(poland).toBe(await counted("country is Poland and total spent is more than $100"));
    const steps = page.locator(".narrowing li");
    await page.locator('.narrowing[data-stale="false"]', { hasText: "country is Poland" }).waitFor();
    expect(await steps.locator("strong").allInnerTexts()).toEqual(
      [await counted("country is Poland"), poland].map((count) => count.toLocaleString("en-GB")),
    );

    await page.locator(".table-name").first().click();
    const panel = page.getByRole("complementary", { name: "Customer" });
    await panel.getByText("Every condition that has to hold does.").waitFor();
    expect(await panel.locator(".clause").count()).toBe(2);
    await panel.getByRole("button", { name: "Close" }).click();

    await page.getByRole("button", { name: "Form", exact: true }).click();
    const form = page.getByRole("group", { name: "The sentence as a form" });
    await form
      .getByRole("combobox", { name: "How these are joined" })
      .selectOption({ label: "Any of these" });
    const either = await countShown(page, poland);
    expect(await sentenceOf(page)).toBe("country is Poland or total spent is more than $100");
    expect(either).toBe(await counted("country is Poland or total spent is more than $100"));
    await form.getByRole("button", { name: "Take this out" }).nth(1).click();
    await countShown(page, either);
    expect(await sentenceOf(page)).toBe("country is Poland");
    await page.getByRole("button", { name: "Form", exact: true }).click();

    await page.locator(".sentence-editor .q-value", { hasText: "Poland" }).click();
    await page.getByRole("option", { name: /^Germany/ }).click();
    const germany = await countShown(page, await counted("country is Poland"));
    expect(await sentenceOf(page)).toBe("country is Germany");
    expect(germany).toBe(await counted("country is Germany"));

    await page.getByRole("button", { name: "Save as segment" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Germans");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("link", { name: "Open it" }).click();
    await page.getByRole("heading", { name: "Germans" }).waitFor();
    await page.getByText(germany.toLocaleString("en-GB")).first().waitFor();
  });

  it("sees an order move a customer in, live", async () => {
    const { page } = visit;
    const { segmentCreateAutoUpdate } = await shop.ask(
      'mutation { segmentCreateAutoUpdate(input: { name: "Whales", query: "total spent is more than $90000" }) { segment { id } } }',
    );
    await shop.ask(
      'mutation { customerUpsert(input: { sourceId: "whale-1", name: "Wanda Whale" }) { status } }',
    );
    await page.goto(
      `${shop.url}/segments/${encodeURIComponent(segmentCreateAutoUpdate.segment.id)}?tab=feed`,
    );
    await page.getByText("Nobody came or went yet.").waitFor();
    await shop.ask(
      `mutation { orderUpsert(input: { sourceId: "whale-order-1", customer: { sourceId: "whale-1" }, createdAt: "2026-01-01T00:00:00Z", amount: { amount: "95000" } }) { status userErrors { message } } }`,
    );
    await page.locator(".feed-row", { hasText: "Wanda Whale entered" }).waitFor();
  });

  it("finds why a customer is out, and sees them in after the change", async () => {
    const { page } = visit;
    await shop.ask(
      'mutation { customerUpsert(input: { sourceId: "outsider", name: "Otto Outside", address: { city: "Rome" } }) { status } }',
    );
    const { customer } = await shop.ask('{ customer(by: { sourceId: "outsider" }) { id } }');
    const address = new URLSearchParams({ q: "city is Paris", who: customer.id });
    await page.goto(`${shop.url}/?${address}`);
    const panel = page.getByRole("complementary", { name: "Customer" });
    await panel.getByText("At least one condition that has to hold does not.").waitFor();
    expect((await panel.locator(".nearest li").allInnerTexts()).join()).toMatch(/city/i);
    await shop.ask(
      'mutation { customerUpdate(input: { by: { sourceId: "outsider" }, address: { city: "Paris" } }) { status userErrors { message } } }',
    );
    await page.reload();
    await panel.getByText("Every condition that has to hold does.").waitFor();
  });
});

describe("a name that the project does not know", () => {
  it("is defined from the sentence, with the type that the data has", async () => {
    const { page } = visit;
    await shop.ask(
      'mutation { customerUpsert(input: { sourceId: "shoes-1", metadata: { shoe_size: 42 } }) { status } }',
    );
    await countShown(page);
    await write(page, "metadata.shoe_size is at least 40");
    await page.getByRole("button", { name: "Define “shoe_size”" }).click();
    const dialog = page.getByRole("dialog", { name: "Define a custom attribute of customers" });
    await dialog.getByText("It is in the data: 1 of the records looked at have it.").waitFor();
    expect(await dialog.getByRole("combobox", { name: "Type" }).inputValue()).toBe("NUMBER");
    await dialog.getByRole("button", { name: "Define", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator(".mistake").waitFor({ state: "detached" });
    await page.locator(".table-name").first().waitFor();
    await page.locator('[data-testid="count"][data-stale="false"]', { hasText: /^1\s/ }).waitFor();
  });
});

describe("what a query costs", () => {
  beforeEach(async () => {
    const { page } = visit;
    await countShown(page);
    await write(page, "city is O'Fallon");
    await countShown(page);
    await page.getByText("What it costs").click();
  });

  it("shows the pipeline that it becomes", async () => {
    const pipeline = visit.page.getByRole("region", { name: "MongoDB pipeline" }).locator("pre");
    await pipeline.filter({ hasText: "o'fallon" }).waitFor();
    expect(await pipeline.innerText()).toContain("$match");
  });

  it.runIf(isEmbedded)("shows the SQL that it becomes", async () => {
    const sql = visit.page.getByRole("region", { name: "SQL of the embedded store" }).locator("pre");
    await sql.filter({ hasText: "c.city = 'o''fallon'" }).waitFor();
    expect(await sql.innerText()).toMatch(/^SELECT count\(\*\)\nFROM customers AS c/);
  });
});

describe("the editor", () => {
  it("completes with values of the data, and takes the mend by Ctrl+.", async () => {
    const { page } = visit;
    await countShown(page);
    await write(page, "emial has any value");
    await page.keyboard.press("Control+.");
    await holdsSentence(page, "email has any value");
    await page.locator(".cm-content").first().focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("country is Po", { delay: 20 });
    const options = page.locator(".cm-tooltip-autocomplete [role=option]");
    const isSelected = (index: number) => options.nth(index).getAttribute("aria-selected");
    await options.first().filter({ hasText: "Poland" }).waitFor();
    // CodeMirror ignores keys in the first moments after a list opened (`interactionDelay`).
    const answersKeys = async () => {
      await page.keyboard.press("ArrowDown");
      return isSelected(1);
    };
    await expect.poll(answersKeys, { timeout: 30_000, interval: 20 }).toBe("true");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => isSelected(0), { timeout: 30_000 }).toBe("true");
    await page.keyboard.press("Tab");
    await expect.poll(() => sentenceOf(page), { timeout: 30_000 }).toBe("country is Poland");
  });

  it("keeps comments where the form changes something else", async () => {
    const { page } = visit;
    await countShown(page);
    await page.goto(
      `${shop.url}/?${new URLSearchParams({ q: "country is Poland -- home\nand city is Warsaw # capital", form: "true" })}`,
    );
    await page.getByRole("button", { name: "Take this out" }).nth(1).click();
    await page.locator(".cm-content").filter({ hasNotText: "Warsaw" }).waitFor();
    expect(await sentenceOf(page)).toContain("country is Poland -- home");
    expect(await sentenceOf(page)).toContain("# capital");
  });

  it("changes an operator with the operands that it needs", async () => {
    const { page } = visit;
    await countShown(page);
    await write(page, "country is Poland");
    await countShown(page);
    await page.locator(".sentence-editor .q-operator").click();
    await page.getByRole("option", { name: "is none of" }).click();
    await holdsSentence(page, "country is none of (Poland)");
  });
});

describe("the address", () => {
  it("holds the sentence, and goes back to the one before", async () => {
    const { page } = visit;
    await countShown(page);
    await write(page, "country is France");
    await page.waitForURL(/q=country/);
    await page.getByRole("button", { name: "Templates" }).click();
    await page.getByRole("button", { name: /Never ordered/ }).click();
    await page.waitForURL(/orders\.count/);
    await page.goBack();
    await holdsSentence(page, "country is France");
    expect(await countShown(page)).toBe(await counted("country is France"));
  });

  it("holds the moment, and the whole page says so", async () => {
    const { page } = visit;
    const q = "orders.count is at least 1";
    await page.goto(`${shop.url}/?${new URLSearchParams({ q, at: "2025-06-01T12:00:00Z" })}`);
    await page.getByText(/Everything on this page is as of 1 Jun 2025/).waitFor();
    const then = await countShown(page);
    await page.getByRole("button", { name: "Back to now" }).first().click();
    const now = await countShown(page, then);
    expect(now).toBe(await counted(q));
    expect(then).toBeLessThan(now);
  });
});

describe("answers", () => {
  it("to an earlier sentence never take the place of a later one's", async () => {
    const { page } = visit;
    await countShown(page);
    const france: Request[] = [];
    let release = (): void => undefined;
    const italyIsShown = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/graphql", async (route) => {
      // The earlier sentence is answered last.
      if (route.request().postData()?.includes('"country is France"')) {
        france.push(route.request());
        await italyIsShown;
      }
      await route.continue().catch(() => undefined);
    });
    await write(page, "country is France");
    await expect.poll(() => france.length, { timeout: 30_000 }).toBeGreaterThan(0);
    await write(page, "country is Italy");
    const italy = await countShown(page);
    release();
    await Promise.all(france.map((request) => request.response()));
    await page.evaluate("new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))");
    expect(await countShown(page)).toBe(italy);
    expect(italy).toBe(await counted("country is Italy"));
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("that take long can be stopped, and asked once more", async () => {
    const { page } = visit;
    await countShown(page);
    let isSlow = true;
    await page.route("**/graphql", async (route) => {
      const isAsked = route.request().postData()?.includes('"operationName":"AudienceCount"') === true;
      if (isSlow && isAsked) await new Promise((go) => setTimeout(go, 20_000));
      await route.continue().catch(() => undefined);
    });
    await write(page, "country is Spain");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.").waitFor();
    isSlow = false;
    await page.getByRole("button", { name: "Ask again" }).click();
    expect(await countShown(page)).toBe(await counted("country is Spain"));
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
});

describe("a server that is killed and started again", () => {
  it("is asked again by itself for the sentence that was typed meanwhile, and for what happened", async () => {
    await countShown(visit.page);
    await visit.page.waitForLoadState("networkidle");
    const { segmentCreateAutoUpdate } = await shop.ask(
      'mutation { segmentCreateAutoUpdate(input: { name: "Survivors", query: "city is Survive" }) { segment { id } } }',
    );
    const explore = await shop.visit();
    const feed = await shop.visit();
    await countShown(explore.page);
    await feed.page.goto(
      `${shop.url}/segments/${encodeURIComponent(segmentCreateAutoUpdate.segment.id)}?tab=feed`,
    );
    await feed.page.getByText("Nobody came or went yet.").waitFor();
    await shop.ask(
      'mutation { customerUpsert(input: { sourceId: "survivor-1", name: "Early Bird", address: { city: "Survive" } }) { status } }',
    );
    await feed.page.locator(".feed-row", { hasText: "Early Bird entered" }).waitFor();
    await shop.kill();
    await write(explore.page, "country is France");
    await explore.page.getByText("The server cannot be reached.").first().waitFor();
    await feed.page.getByText("The connection to the server is lost.").waitFor();
    await shop.restart();
    expect(await countShown(explore.page)).toBe(await counted("country is France"));
    expect(await sentenceOf(explore.page)).toBe("country is France");
    await explore.page.getByText("The server cannot be reached.").first().waitFor({ state: "detached" });
    await shop.ask(
      'mutation { customerUpsert(input: { sourceId: "survivor-2", name: "Late Bird", address: { city: "Survive" } }) { status } }',
    );
    await feed.page.locator(".feed-row", { hasText: "Late Bird entered" }).waitFor();
    await feed.page.getByText("The connection to the server is lost.").waitFor({ state: "detached" });
    await explore.close();
    await feed.close();
  });
});

describe("the keyboard alone", () => {
  it("writes, mends, opens a part and takes another value, and goes to a page", async () => {
    const { page } = visit;
    await countShown(page);
    await page.locator(".cm-content").first().focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("country is Poland", { delay: 15 });
    await page.keyboard.press("Escape");
    const poland = await countShown(page);
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByRole("combobox", { name: /Search/ }).waitFor();
    await page.keyboard.type("Fra", { delay: 30 });
    await page.getByRole("option", { name: /^France/ }).waitFor();
    await page.keyboard.press("Enter");
    const france = await countShown(page, poland);
    expect(france).toBe(await counted("country is France"));
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /Go to/ }).waitFor();
    await page.keyboard.type("feed", { delay: 30 });
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Feed" }).waitFor();
  });
});

describe("a phone", () => {
  it("shows the sentence, the number and the list, and answers touch", async () => {
    const phone = await shop.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const { page } = phone;
    const first = await countShown(page);
    await page.locator(".samples button").first().tap();
    const second = await countShown(page, first);
    expect(second).toBe(await counted(await sentenceOf(page)));
    await page.locator(".table-name").first().tap();
    await page.getByRole("complementary", { name: "Customer" }).getByText("In", { exact: true }).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(wide).toBe(0);
    expect(phone.outside()).toEqual([]);
    expect(phone.problems).toEqual([]);
    await phone.close();
  });
});

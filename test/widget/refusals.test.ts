// What the widget does with answers that refuse calls, without a browser.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";

const source = readFileSync(new URL("../../src/widget/widget.ts", import.meta.url), "utf8");
const code = ts.transpile(source, { target: ts.ScriptTarget.ES2022 });

interface Widget {
  readonly identify: (id: unknown, traits?: object) => void;
  readonly consent: (name: unknown, granted: unknown) => void;
  readonly track: (type: unknown, properties?: object) => void;
}

/** A page with the widget; its timer runs when it is asked to. @param answers of the service, in turn, then `accepted`. */
function page(...answers: readonly object[]) {
  const values = new Map<string, string>();
  const requests: { readonly key: string; readonly inputs: readonly Record<string, unknown>[] }[] = [];
  let pending: (() => unknown) | undefined;
  const localStorage = {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
    key: (index: number) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
  const parameters = {
    localStorage,
    document: { currentScript: { dataset: { key: "key" }, src: "https://segments.example.com/widget.js" } },
    window: {} as { segmentql?: Widget },
    addEventListener: () => undefined,
    clearTimeout: () => undefined,
    setTimeout: (run: () => unknown) => {
      pending = run;
    },
    console: { warn: () => undefined },
    fetch: async (_: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
      requests.push({
        key: headers["idempotency-key"]!,
        inputs: Object.values(JSON.parse(body).variables),
      });
      return {
        status: 200,
        headers: new Headers(),
        json: async () => ({ data: {} }),
        ...answers[requests.length - 1],
      };
    },
  };
  new Function(...Object.keys(parameters), code)(...Object.values(parameters));
  return {
    widget: parameters.window.segmentql!,
    requests,
    /** Runs the timer until nothing is left to send. @returns the calls that are kept. */
    settle: async () => {
      for (let turn = 0; pending !== undefined && turn < 50; turn += 1) {
        const run = pending;
        pending = undefined;
        await run();
      }
      return [...values.keys()].filter((name) => /^segmentql\.(?:q\.|batch)/.test(name));
    },
  };
}

const json = (status: number, body: object) => ({ status, json: async () => body });
const noJson = (status: number) => ({ status, json: () => Promise.reject(new SyntaxError("<html>")) });

it.each(["UNAVAILABLE", "TIMEOUT", "INTERNAL_SERVER_ERROR"])(
  "a request that fails with %s is sent again as it is",
  async (failure) => {
    const errors = [{ message: "Try again.", extensions: { code: failure } }];
    const { widget, requests, settle } = page(json(200, { data: { m0: null }, errors }));
    widget.identify("ann");
    expect(await settle()).toEqual([]);
    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]);
  },
);

it("a request that always fails with a mistake in the service is given up", async () => {
  const errors = [{ message: "Failed.", extensions: { code: "INTERNAL_SERVER_ERROR" } }];
  const { widget, requests, settle } = page(...Array(20).fill(json(200, { data: null, errors })));
  widget.identify("ann");
  expect(await settle()).toEqual([]);
  expect(requests).toHaveLength(9);
});

it.each([
  ["errors", json(400, { errors: [{ message: "`nonsense` is no field." }] })],
  ["a page that is not JSON", noJson(413)],
])("the calls of a request that is refused with %s are sent one by one", async (_, refusal) => {
  const { widget, requests, settle } = page(refusal, refusal);
  widget.identify("ann", { nonsense: 1 });
  widget.identify("ann", { name: "Ann" });
  expect(await settle()).toEqual([]);
  expect(requests.map(({ inputs }) => inputs.length)).toEqual([2, 1, 1]);
  expect(requests[2]!.inputs[0]).toMatchObject({ name: "Ann" });
});

it("a text grants a consent only if it says so, and no visitor is identified without an id", async () => {
  const { widget, requests, settle } = page();
  widget.identify("ann");
  for (const granted of ["false", "no", "0", "", "true", true, false])
    widget.consent("newsletter", granted as boolean);
  for (const id of [undefined, null, "", " "]) widget.identify(id as string);
  await settle();
  const inputs = requests.flatMap((request) => request.inputs) as {
    consentChanges?: { granted: boolean }[];
  }[];
  expect(inputs.flatMap(({ consentChanges = [] }) => consentChanges.map(({ granted }) => granted))).toEqual([
    ...[false, false, false, false, true, true, false],
  ]);
  expect(inputs).toHaveLength(8);
});

it("ids, consents and types are sent as texts", async () => {
  const { widget, requests, settle } = page();
  widget.identify(12345);
  widget.consent(7, 1);
  widget.track(404);
  await settle();
  expect(requests[0]!.inputs).toMatchObject([
    { by: { sourceId: "12345" } },
    { consentChanges: [{ consent: "7", granted: true }] },
    { customerSourceId: "12345", events: [{ type: "404" }] },
  ]);
});

// The web widget: a script that a shop includes to identify visitors, to take their consent and to track events.
//
//     <script src="https://segments.example.com/widget.js" data-key="segmentql.…" async></script>
//
// Calls are kept in localStorage until the service has taken them: on a page that is left, without a network, and while the
// service is down. It imports nothing, and the whole file is one function, since the page's other scripts share its scope.

interface Widget {
  /** Names the visitor from now on. @param traits of the profile, as fields of `CustomerUpdateInput`. */
  identify(id: string, traits?: object): void;
  /** Grants or withdraws one consent of the visitor. */
  consent(name: string, granted: boolean): void;
  /** Records an event of the visitor, now. */
  track(type: string, properties?: object): void;
  /** Forgets who the visitor is, as after logging out. */
  reset(): void;
}

/** A call that was made before the script was loaded: `(window.segmentql = window.segmentql || []).push(["track", "visit"])`. */
type EarlyCall = readonly [name: keyof Widget, ...parameters: unknown[]];

/** Long because it is the whole script: it declares nothing that the page's other scripts see. */
(() => {
  /** A call that the service has not taken yet. */
  interface Item {
    /** The source id of the visitor. */
    readonly who: string;
    readonly event?: object;
    /** The changes of the profile. */
    readonly profile?: object;
  }

  /** What is sent in one request: the same text under the same key at each attempt, so that it is applied once. */
  interface Batch {
    readonly key: string;
    readonly body: string;
    /** The keys of its items in the storage. */
    readonly items: readonly string[];
  }

  interface Answer {
    readonly errors?: readonly {
      readonly message: string;
      readonly extensions?: { readonly code?: string };
    }[];
    readonly data?: Record<
      string,
      { readonly userErrors: readonly { readonly message: string }[] } | null
    > | null;
  }

  /** An error of the service, not of a call: the same request succeeds later. A mistake in the service may stay. */
  const isTransient = (code = ""): boolean =>
    code === "UNAVAILABLE" ||
    code === "TIMEOUT" ||
    (code === "INTERNAL_SERVER_ERROR" && failures < maxFailures);

  const script = document.currentScript as HTMLScriptElement;
  const key = script.dataset.key ?? "";
  const server = script.dataset.server ?? new URL(script.src).origin;
  const prefix = "segmentql.";
  const itemPrefix = `${prefix}q.`;
  /** The most calls that are kept, the most of one request, and the most characters of one. */
  const [maxItems, maxBatch, maxLength] = [200, 25, 8_192];
  /** The most characters of a request that goes on when the page is left: browsers allow 64 KiB. */
  const maxKeepalive = 20_000;
  /** How long calls are gathered, and the least and the longest time between attempts, in milliseconds. */
  const [gatherMs, minRetryMs, maxRetryMs] = [500, 1_000, 300_000];

  const store = storage();
  const random = (): string =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  const isoNow = (): string => new Date().toISOString();

  /** How often a request is tried that the service cannot carry out. */
  const maxFailures = 8;

  let count = 0;
  let failures = 0;
  /** How many of the oldest calls are sent one by one. */
  let alone = 0;
  let timer = 0;
  let isSending = false;

  /** localStorage; a page's memory where the browser allows none. */
  function storage(): Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> {
    try {
      const probe = `${prefix}probe`;
      localStorage.setItem(probe, probe);
      localStorage.removeItem(probe);
      return localStorage;
    } catch {
      const values = new Map<string, string>();
      return {
        getItem: (name) => values.get(name) ?? null,
        setItem: (name, value) => void values.set(name, value),
        removeItem: (name) => void values.delete(name),
        key: (index) => [...values.keys()][index] ?? null,
        get length() {
          return values.size;
        },
      };
    }
  }

  /** Writes a value; drops the oldest call while there is no room. */
  function write(name: string, value: string): void {
    for (;;) {
      try {
        store.setItem(name, value);
        return;
      } catch {
        const [oldest] = itemKeys();
        if (oldest === undefined) return;
        store.removeItem(oldest);
      }
    }
  }

  /** The keys of the kept calls, the oldest first: each has its own, so that pages that are open at once do not overwrite any. */
  function itemKeys(): string[] {
    const keys: string[] = [];
    for (let index = 0; index < store.length; index += 1) {
      const name = store.key(index);
      if (name?.startsWith(itemPrefix)) keys.push(name);
    }
    return keys.sort();
  }

  function remembered(name: string, make: () => string): string {
    const known = store.getItem(prefix + name);
    if (known !== null) return known;
    const made = make();
    write(prefix + name, made);
    return made;
  }

  /** The id of this browser, of which the profile is told. */
  const browserId = (): string => remembered("browser", random);
  const visitor = (): string => store.getItem(`${prefix}visitor`) ?? `visitor-${browserId()}`;

  function keep(item: Item): void {
    const text = JSON.stringify(item);
    if (text.length > maxLength) {
      console.warn("segmentql: the call is too long, and is left out.");
      return;
    }
    count += 1;
    const order = [Date.now().toString(36).padStart(9, "0"), count.toString(36).padStart(4, "0"), random()];
    write(itemPrefix + order.join("-"), text);
    for (const surplus of itemKeys().slice(0, -maxItems)) store.removeItem(surplus);
    schedule(gatherMs);
  }

  /** The service learns of a visitor with the first call. */
  function keepOf(item: Omit<Item, "who">): void {
    const who = visitor();
    if (store.getItem(`${prefix}known`) !== who) {
      write(`${prefix}known`, who);
      keep({ who, profile: { sourceMetadata: { webWidgetId: browserId() } } });
    }
    keep({ who, ...item });
  }

  function schedule(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  /** The batch that was sent and not answered; else one of the oldest calls. */
  function nextBatch(): Batch | undefined {
    const kept = parsed<Batch>(`${prefix}batch`);
    if (kept !== undefined) return kept;
    const names = itemKeys().slice(0, alone > 0 ? 1 : maxBatch);
    if (names.length === 0) return undefined;
    const batch = { key: random(), body: bodyOf(names), items: names };
    write(`${prefix}batch`, JSON.stringify(batch));
    return batch;
  }

  /** A kept value; undefined if there is none, or if another script has overwritten it. */
  function parsed<Value>(name: string): Value | undefined {
    try {
      return (JSON.parse(store.getItem(name) ?? "null") as Value | null) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** One request with a mutation for each change of a profile, and for each run of events of a visitor. */
  function bodyOf(names: readonly string[]): string {
    const mutations: {
      type: string;
      field: string;
      input: { customerSourceId?: string; events?: object[] };
    }[] = [];
    for (const name of names) {
      const { who = "", event, profile } = parsed<Partial<Item>>(name) ?? {};
      const last = mutations.at(-1);
      if (profile !== undefined)
        mutations.push({
          type: "CustomerUpdateInput",
          field: "customerIdentify",
          input: { by: { sourceId: who }, ...profile } as object,
        });
      else if (event !== undefined && last?.input.customerSourceId === who) last.input.events!.push(event);
      else if (event !== undefined)
        mutations.push({
          type: "EventsTrackInput",
          field: "eventsTrack",
          input: { customerSourceId: who, events: [event] },
        });
    }
    const declared = mutations.map(({ type }, index) => `$i${index}: ${type}!`).join(", ");
    const fields = mutations.map(
      ({ field }, index) => `m${index}: ${field}(input: $i${index}) { userErrors { message } }`,
    );
    return JSON.stringify({
      query: `mutation Widget(${declared}) { ${fields.join(" ")} }`,
      variables: Object.fromEntries(mutations.map(({ input }, index) => [`i${index}`, input])),
    });
  }

  async function send(): Promise<void> {
    if (isSending) return;
    const batch = nextBatch();
    if (batch === undefined) return;
    isSending = true;
    try {
      const answer = await fetch(`${server}/graphql`, {
        method: "POST",
        // The request goes on when the page is left; browsers let only short ones do so.
        keepalive: batch.body.length < maxKeepalive,
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${key}`,
          "idempotency-key": batch.key,
        },
        body: batch.body,
      });
      const { status } = answer;
      if (status >= 500 || status === 408 || status === 409 || status === 429)
        return retry(Number(answer.headers.get("retry-after")) * 1_000);
      let body: Answer = {};
      try {
        body = (await answer.json()) as Answer;
      } catch (error) {
        // Not of the service, as the page of a proxy that refuses it.
        if (status < 400) throw error;
      }
      const { errors = [], data } = body;
      if (errors.some(({ extensions }) => isTransient(extensions?.code))) return retry(0);
      // One call that is refused as a whole refuses the others of its request: each is sent on its own once.
      if ((data ?? undefined) === undefined && batch.items.length > 1 && status !== 401 && status !== 403) {
        alone = batch.items.length;
        store.removeItem(`${prefix}batch`);
        return schedule(0);
      }
      alone = Math.max(0, alone - 1);
      // What is wrong with a call is not mended by sending it again.
      const problems = [...errors, ...Object.values(data ?? {}).flatMap((each) => each?.userErrors ?? [])];
      for (const { message } of problems) console.warn(`segmentql: ${message}`);
      for (const name of batch.items) store.removeItem(name);
      if (store.getItem(`${prefix}batch`)?.includes(batch.key)) store.removeItem(`${prefix}batch`);
      failures = 0;
      schedule(0);
    } catch {
      retry(0);
    } finally {
      isSending = false;
    }
  }

  /** Tries again later, and ever later, at times of its own, so that not all browsers try at once. */
  function retry(leastMs: number): void {
    const backOff = Math.min(maxRetryMs, minRetryMs * 2 ** failures);
    failures += 1;
    schedule(Math.max(leastMs || 0, backOff * (0.5 + Math.random() / 2)));
  }

  const widget: Widget = {
    identify: (given, traits = {}) => {
      const id = String(given ?? "").trim();
      // Else all visitors who are not signed in would be one customer.
      if (id === "") return console.warn("segmentql.identify needs an id.");
      write(`${prefix}visitor`, id);
      write(`${prefix}known`, id);
      keep({ who: id, profile: { sourceMetadata: { webWidgetId: browserId() }, ...traits } });
    },
    // A text such as "false" grants nothing.
    consent: (name, granted) =>
      keepOf({
        profile: {
          consentChanges: [{ consent: String(name), granted: ["true", "1"].includes(String(granted)) }],
        },
      }),
    track: (type, properties = {}) =>
      keepOf({ event: { sourceId: random(), type: String(type), at: isoNow(), properties } }),
    reset: () => {
      for (const name of ["visitor", "known", "browser"]) store.removeItem(prefix + name);
    },
  };

  const page = window as unknown as { segmentql?: Widget | EarlyCall[] };
  const early = page.segmentql;
  page.segmentql = widget;
  if (Array.isArray(early))
    for (const [name, ...parameters] of early)
      (widget[name] as ((...values: unknown[]) => void) | undefined)?.(...parameters);
  addEventListener("online", () => {
    failures = 0;
    schedule(0);
  });
  addEventListener("pagehide", () => void send());
  // What an earlier page has left.
  schedule(0);
})();

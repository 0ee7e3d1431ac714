// Which addresses deliveries don't go to, however they are written, and that a connection is made to what was checked.
import type { LookupAddress, lookup } from "node:dns";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { isRefusedAddress, publicLookup, refuseWrittenAddress } from "../../src/outbox/addresses.js";

const refused = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.9.9.9",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.5",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "203.0.113.7",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::7f00:1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:10.1.1.1",
  "::ffff:169.254.169.254",
  "64:ff9b::127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b:1::1",
  "100::1",
  "2001:0:1::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "fc00::1",
  "fdff:ffff::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "[::1]",
  "",
  "example.com",
];
const allowed = [
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.1",
  "172.15.255.255",
  "172.32.0.0",
  "192.167.255.255",
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "::ffff:1.1.1.1",
  "64:ff9b::1.1.1.1",
  "2606:4700:4700::1111",
  "2a00:1450::1",
];

it.each(refused)("%s is refused", (address) => expect(isRefusedAddress(address)).toBe(true));
it.each(allowed)("%s is allowed", (address) => expect(isRefusedAddress(address)).toBe(false));

it.each(["http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::ffff:127.0.0.1]/"])(
  "a URL that writes this machine as %s is refused",
  (url) => {
    expect(() => refuseWrittenAddress(new URL(url).hostname)).toThrow("--allow-private-webhooks");
  },
);

describe("a name", () => {
  /** Looks every name up as these addresses. */
  const resolver = (addresses: readonly LookupAddress[]) =>
    ((_host: string, _options: object, answer: (error: null, found: readonly LookupAddress[]) => void) =>
      answer(null, addresses)) as unknown as typeof lookup;
  const ask = (addresses: readonly LookupAddress[], all: boolean) =>
    new Promise<unknown>((resolve) => {
      publicLookup(resolver(addresses))("example.com", { all }, (error, ...found) =>
        resolve(error?.message ?? found),
      );
    });
  const open = { address: "1.1.1.1", family: 4 };
  const other = { address: "2606:4700:4700::1111", family: 6 };

  it("resolves to exactly the checked addresses", async () => {
    expect(await ask([open, other], false)).toEqual(["1.1.1.1", 4]);
    expect(await ask([open, other], true)).toEqual([[open, other]]);
  });

  it.each(["127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1", "fd00::1"])(
    "that also leads to %s is refused",
    async (address) => {
      const inside = { address, family: address.includes(":") ? 6 : 4 };
      for (const all of [true, false]) {
        expect(await ask([open, inside], all)).toMatch(/^example\.com is inside/);
      }
    },
  );

  it("that resolves to nothing is refused", async () => {
    expect(await ask([], false)).toContain("example.com has no address");
  });
});

it("an address that ipaddr.js classifies as public is not refused, and no other is allowed", () => {
  // Special-purpose blocks that ipaddr.js takes for unicast: https://www.iana.org/assignments/iana-ipv6-special-registry.
  const special = ["64:ff9b:1::/48", "2001::/23", "3fff::/20", "5f00::/16", "::/96", "64:ff9b::/96"].map(
    (block) => ipaddr.parseCIDR(block),
  );
  const isPublic = (address: string): boolean => {
    const parsed = ipaddr.parse(address);
    if (parsed.kind() === "ipv4") return parsed.range() === "unicast";
    if ((parsed as ipaddr.IPv6).isIPv4MappedAddress())
      return (parsed as ipaddr.IPv6).toIPv4Address().range() === "unicast";
    return (
      parsed.range() === "unicast" && !special.some((block) => parsed.match(block as [ipaddr.IPv6, number]))
    );
  };
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect([address, isRefusedAddress(address)]).toEqual([address, !isPublic(address)]);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      // Behind NAT64, what counts is the address inside; the library reads the old form `::1.2.3.4` as mapped.
      if (/^0*64:0*ff9b:/i.test(address) || (address.includes(".") && !/ffff/i.test(address))) return;
      expect([address, isRefusedAddress(address)]).toEqual([address, !isPublic(address)]);
    }),
    { numRuns: 2_000 },
  );
});

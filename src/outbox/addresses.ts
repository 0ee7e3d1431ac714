// The addresses that a webhook may go to: none inside the service's own network, whatever name resolves to it. An address is
// checked when the connection is made, and the connection goes to the checked address: a name that resolves to another address a
// moment later (DNS rebinding) gains nothing.
import { lookup as resolve } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** The target is an address that deliveries are never sent to. */
export class RefusedAddressError extends Error {
  override readonly name = "RefusedAddressError";
}

/** Special-purpose addresses of IPv4 (https://www.iana.org/assignments/iana-ipv4-special-registry). */
const refusedV4: readonly (readonly [address: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/**
 * Special-purpose addresses of IPv6 (https://www.iana.org/assignments/iana-ipv6-special-registry) that contain no IPv4 address.
 */
const refusedV6: readonly (readonly [address: string, bits: number])[] = [
  // Unspecified, loopback, and a deprecated notation of IPv4.
  ["::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  // Teredo and other protocol assignments, documentation, 6to4.
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  // Unique local, link-local, deprecated site-local, multicast.
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

const refused = new BlockList();
for (const [address, bits] of refusedV4) {
  refused.addSubnet(address, bits, "ipv4");
  // The same, mapped into IPv6 and behind NAT64.
  refused.addSubnet(`::ffff:${address}`, 96 + bits, "ipv6");
  refused.addSubnet(`64:ff9b::${address}`, 96 + bits, "ipv6");
}
for (const [address, bits] of refusedV6) refused.addSubnet(address, bits, "ipv6");

/** True of an address that deliveries are never sent to, and of text that is no address. */
export function isRefusedAddress(written: string): boolean {
  const address = written.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  const version = isIP(address);
  return version === 0 || refused.check(address, version === 4 ? "ipv4" : "ipv6");
}

/**
 * Refuses a host that is written as a refused address, for which no name is looked up.
 * @param host the host of a URL; an IPv6 address is in brackets.
 * @throws RefusedAddressError.
 */
export function refuseWrittenAddress(host: string): void {
  if (isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0 && isRefusedAddress(host)) throw refusal(host);
}

/**
 * Looks up a name for a connection. If one of its addresses is refused, the name is refused.
 * @param lookup resolves names; replaced in tests.
 */
export function publicLookup(lookup: typeof resolve = resolve): LookupFunction {
  return (host, options, answer) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, "", 0);
      const [first] = addresses;
      if (first === undefined)
        return answer(new RefusedAddressError(`${host} has no address. Check the URL.`), "", 0);
      if (addresses.some(({ address }) => isRefusedAddress(address))) return answer(refusal(host), "", 0);
      // The options decide the shape of the answer; it contains only checked addresses.
      if (options.all) return answer(null, addresses);
      return answer(null, first.address, first.family);
    });
  };
}

/** Names the given host, but not the address that it resolves to, which would disclose a private network. */
function refusal(host: string): RefusedAddressError {
  return new RefusedAddressError(
    `${host} is inside a private network or otherwise not public. Deliveries go there only where the service is started with --allow-private-webhooks.`,
  );
}

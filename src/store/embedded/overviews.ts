// Serialises overviews of customers as text, and back. A page of overviews reads a tenth of what the documents hold. A checksum
// detects text that the disk corrupted.
import { crc32 } from "node:zlib";
import type { CustomerDocument } from "../../documents/documents.js";
import { customerId } from "../../facts/identity.js";
import type { CustomerOverview } from "../overview.js";
import { damaged, type StoredText } from "./document-text.js";

/** A text of the profile that its fact equals, or the text as given and the fact; null if both are unknown. */
type GivenText = string | null | readonly [given: string | null, fact: string | null];

/** Times are milliseconds since the epoch. */
type StoredOverview = readonly [
  project: string,
  sourceId: string,
  name: GivenText,
  email: GivenText,
  /** Null without an address. */
  country: GivenText,
  createdAt: number | null,
  orders: number,
  totalAmount: number,
  lastOrderAt: number | null,
];

/** The overview of a document as text. The store also keeps documents without these parts. */
export function overviewText(document: CustomerDocument): StoredText {
  const { project, source_id, profile, facts, activity }: Partial<CustomerDocument> = document;
  const address = profile?.address;
  const orders = activity?.orders;
  const stored: StoredOverview = [
    project ?? "",
    source_id ?? "",
    givenText(profile?.name, facts?.name),
    givenText(profile?.email, facts?.email),
    address ? (givenText(address.country, facts?.country) ?? [null, null]) : null,
    facts?.created_at?.getTime() ?? null,
    orders?.count ?? 0,
    orders?.total_amount ?? 0,
    orders?.last_at?.getTime() ?? null,
  ];
  const text = JSON.stringify(stored);
  return { text, checksum: crc32(text) };
}

/** @throws StoreError `DAMAGED` if the text is not what was stored. */
export function readOverview(text: string, checksum: number): CustomerOverview {
  if (crc32(text) !== checksum) throw damaged(`of a customer's overview ${text.slice(0, 100)}`);
  const [project, source_id, name, email, country, createdAt, count, total_amount, lastAt]: StoredOverview =
    JSON.parse(text);
  return {
    _id: customerId(project, source_id),
    project,
    source_id,
    profile: {
      source_id,
      name: given(name),
      email: given(email),
      address: country === null ? undefined : { country: given(country) },
    },
    facts: {
      name: fact(name),
      email: fact(email),
      country: fact(country),
      created_at: time(createdAt),
    },
    activity: { orders: { count, total_amount, last_at: time(lastAt) } },
  };
}

function givenText(text: string | null | undefined, value: string | undefined): GivenText {
  return (text ?? undefined) === value ? (value ?? null) : [text ?? null, value ?? null];
}

function given(text: GivenText): string | undefined {
  return (typeof text === "string" ? text : text?.[0]) ?? undefined;
}

function fact(text: GivenText): string | undefined {
  return (typeof text === "string" ? text : text?.[1]) ?? undefined;
}

function time(at: number | null): Date | undefined {
  return at === null ? undefined : new Date(at);
}

// A postal address.
import { Field, InputType, ObjectType } from "type-graphql";
import { countryCode } from "../../catalog/countries.js";
import type { Profile } from "../../documents/documents.js";

type StoredAddress = NonNullable<Profile["address"]>;

@ObjectType("Address", { description: "A postal address, as it was given." })
export class AddressType {
  readonly #address: StoredAddress;

  constructor(address: StoredAddress) {
    this.#address = address;
  }

  @Field(() => String, { nullable: true, description: "City." })
  get city() {
    return this.#address.city;
  }

  @Field(() => String, { nullable: true, description: "State, region or province." })
  get state() {
    return this.#address.state;
  }

  @Field(() => String, { nullable: true, description: "Postal code." })
  get postalCode() {
    return this.#address.postal_code;
  }

  @Field(() => String, { nullable: true, description: "Country, as it was given." })
  get country() {
    return this.#address.country;
  }

  @Field(() => String, {
    nullable: true,
    description: "ISO 3166-1 alpha-2 code of the country, as `PL`; null if the country is not recognised.",
  })
  get countryCode(): string | undefined {
    const { country } = this.#address;
    return country ? countryCode(country) : undefined;
  }
}

@InputType("AddressInput", { description: "A postal address." })
export class AddressInput {
  @Field(() => String, { nullable: true, description: "City." }) readonly city?: string | null;
  @Field(() => String, { nullable: true, description: "State, region or province." })
  readonly state?: string | null;
  @Field(() => String, { nullable: true, description: "Postal code." }) readonly postalCode?: string | null;
  @Field(() => String, { nullable: true, description: "Country, as `Poland`, `PL` or `POL`." })
  readonly country?: string | null;
}

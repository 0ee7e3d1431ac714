// Made by `npm run console:types` from schema/schema.graphql; not edited.
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A date-time string at UTC, such as 2007-12-03T10:15:30Z, compliant with the `date-time` format outlined in section 5.6 of the RFC 3339 profile of the ISO 8601 standard for representation of dates and times using the Gregorian calendar. */
  DateTime: { input: string; output: string; }
  /** The `JSON` scalar type represents JSON values as specified by [ECMA-404](http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf). */
  JSON: { input: unknown; output: unknown; }
  /** A local date string (i.e., with no associated timezone) in `YYYY-MM-DD` format, e.g. `2020-01-01`. */
  LocalDate: { input: string; output: string; }
  /** The `SafeInt` scalar type represents non-fractional signed whole numeric values that are considered safe as defined by the ECMAScript specification. */
  SafeInt: { input: number; output: number; }
};

/** Where figures of orders and other records are read from. */
export type ActivitySource =
  /** The records themselves. */
  | 'RECORDS'
  /** The summary on the customer, which is current for the moment. */
  | 'SUMMARY';

/** A postal address. */
export type AddressInput = {
  /** City. */
  readonly city?: InputMaybe<Scalars['String']['input']>;
  /** Country, as `Poland`, `PL` or `POL`. */
  readonly country?: InputMaybe<Scalars['String']['input']>;
  /** Postal code. */
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
  /** State, region or province. */
  readonly state?: InputMaybe<Scalars['String']['input']>;
};

/** A key to create. */
export type ApiKeyCreateInput = {
  /** When it expires; never if omitted. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Name, for people, as `Storefront`. */
  readonly name: Scalars['String']['input'];
  /** What it may do. */
  readonly scope: ApiKeyScope;
};

/** A key to revoke. */
export type ApiKeyRevokeInput = {
  /** Id of the key. */
  readonly id: Scalars['ID']['input'];
};

/** What a key may do. */
export type ApiKeyScope =
  /** Everything. */
  | 'ADMIN'
  /** Read everything except keys, webhooks and the audit log. */
  | 'READ'
  /** Only send events and profiles: for keys that are public in a browser. */
  | 'TRACK'
  /** Read, and write customers, records and segments. */
  | 'WRITE';

/** An attribute to define by an expression. */
export type AttributeDefineInput = {
  /** A measure, a figure or an attribute, as `sum of amount of order in the last 365 days`. */
  readonly expression: Scalars['String']['input'];
  /** Its name, as `lifetime value`. An attribute that is already defined gets the new expression. */
  readonly name: Scalars['String']['input'];
};

/** A defined attribute to remove. */
export type AttributeRemoveInput = {
  /** Its name. An attribute that something uses is not removed. */
  readonly name: Scalars['String']['input'];
};

/** A defined attribute and its new name. */
export type AttributeRenameInput = {
  /** Its present name. */
  readonly name: Scalars['String']['input'];
  /** Its new name, also in the queries that use it. */
  readonly newName: Scalars['String']['input'];
};

/** Type of an attribute's value. */
export type AttributeType =
  /** True or false. */
  | 'BOOLEAN'
  /** A country, by name or code. */
  | 'COUNTRY'
  /** A day. */
  | 'DATE'
  /** A date and time. */
  | 'DATETIME'
  /** One of a fixed list of values. */
  | 'ENUMERATION'
  /** Text; case-sensitive. */
  | 'EXACT'
  /** An amount in the project's currency. */
  | 'MONEY'
  /** A month of the year. */
  | 'MONTH'
  /** A number. */
  | 'NUMBER'
  /** A product, by id, SKU or part of the name. */
  | 'PRODUCT'
  /** A set of values of `elementType`. */
  | 'SET'
  /** Text; case is ignored. */
  | 'TEXT'
  /** A day of the year. */
  | 'YEARLY';

/** Customers to export, and their columns. */
export type AudienceExportInput = {
  /** Which customers. */
  readonly audience: AudienceSelectionInput;
  /** Attributes, as queries name them, up to 100; by default the source id, name, email, country, and number and total of orders. */
  readonly columns?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** The customers that a rule allows: those that satisfy every part that is given; all customers if no part is given. */
export type AudienceInput = {
  /** In each of these segments. */
  readonly allOf?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In at least one of these segments. */
  readonly anyOf?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** In none of these segments. */
  readonly noneOf?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** A query of the segment language that has to hold. */
  readonly query?: InputMaybe<Scalars['String']['input']>;
};

/** Exactly one of: the customers to export. */
export type AudienceSelectionInput =
  /** The customers that a query matches. */
  { readonly query: Scalars['String']['input']; readonly segment?: never; }
  |  /** The members of a segment. */
  { readonly query?: never; readonly segment: SegmentByInput; };

/** An auto-update segment. */
export type AutoUpdateSegmentInput = {
  /** Name, unique in the project. */
  readonly name: Scalars['String']['input'];
  /** A query of the segment language. */
  readonly query: Scalars['String']['input'];
};

/** A campaign. */
export type CampaignCreateInput = {
  /** False to allow no redemption yet. */
  readonly active?: Scalars['Boolean']['input'];
  /** What a redemption takes off the order: required for discounts and referrals, and only there. */
  readonly discount?: InputMaybe<DiscountInput>;
  /** What it gives. */
  readonly kind?: CampaignKind;
  /** Name, unique in the project; case is ignored. It does not change. */
  readonly name: Scalars['String']['input'];
  /** What a redeemed point takes off an order. Only of loyalty. */
  readonly pointValue?: InputMaybe<MoneyInput>;
  /** On how many days points can be redeemed, including the day they are earned; without limit if omitted. Only for loyalty. */
  readonly pointsDays?: InputMaybe<Scalars['Int']['input']>;
  /** Of a discount: true, as if omitted, if a redemption has to present one of the campaign's codes. */
  readonly requiresCode?: InputMaybe<Scalars['Boolean']['input']>;
  /** The validation rules that all have to allow a redemption. */
  readonly rules?: InputMaybe<ReadonlyArray<PromotionByInput>>;
};

/** Campaigns to define. */
export type CampaignDefineInput = {
  /** Kind of campaign, as `loyalty`. */
  readonly kind: Scalars['String']['input'];
  /** Names to add; existing names remain. */
  readonly names: ReadonlyArray<Scalars['String']['input']>;
};

/** What a campaign gives. */
export type CampaignKind =
  /** A discount. */
  | 'DISCOUNT'
  /** Codes that hold an amount: the customers' `gift_cards`. */
  | 'GIFT_CARD'
  /** Points: the customers' `loyalty`. */
  | 'LOYALTY'
  /** Codes that customers pass on, with a discount for the customers that they refer: the `referrals`. */
  | 'REFERRAL';

/** Changes of a campaign. An omitted field is unchanged, and so is one that is null, except `pointValue` and `pointsDays`. */
export type CampaignUpdateInput = {
  /** False to allow no redemptions. */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /** Which campaign. */
  readonly by: PromotionByInput;
  /** New discount. */
  readonly discount?: InputMaybe<DiscountInput>;
  /** New value of a point; null for points that have none. */
  readonly pointValue?: InputMaybe<MoneyInput>;
  /** New number of days for points that are earned from now on; null for points that never expire. */
  readonly pointsDays?: InputMaybe<Scalars['Int']['input']>;
  /** Whether a redemption has to present a code. */
  readonly requiresCode?: InputMaybe<Scalars['Boolean']['input']>;
  /** New validation rules, which replace all present ones. */
  readonly rules?: InputMaybe<ReadonlyArray<PromotionByInput>>;
};

/** Kind of clause. */
export type ClauseKind =
  /** A group whose conditions all have to hold. */
  | 'ALL_OF'
  /** All operands have to hold. */
  | 'AND'
  /** A group of conditions, at least one of which has to hold. */
  | 'ANY_OF'
  /** A condition; of `in segment`, the segment's own query is inside. */
  | 'CONDITION'
  /** A group of conditions, none of which may hold. */
  | 'NONE_OF'
  /** The operand must not hold. */
  | 'NOT'
  /** At least one operand has to hold. */
  | 'OR';

/** Whether a redemption counts. */
export type CodeRedemptionStatus =
  /** It counts. */
  | 'REDEEMED'
  /** It was rolled back, and no longer counts. */
  | 'ROLLED_BACK';

/** Codes to generate. */
export type CodesGenerateInput = {
  /** Which campaign. */
  readonly campaign: PromotionByInput;
  /** How many, up to 1,000,000. */
  readonly count: Scalars['Int']['input'];
  /** How often each may be redeemed; null for no limit. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
  /** What they look like: each `#` becomes a random letter or digit, as in `SUMMER-######`. */
  readonly pattern?: Scalars['String']['input'];
};

/** The customers to publish codes of a campaign to. */
export type CodesPublishInput = {
  /** Which campaign. */
  readonly campaign: PromotionByInput;
  /** Id of the segment whose customers get one each. */
  readonly segmentId: Scalars['ID']['input'];
};

/** One marketing permission, granted or withdrawn. */
export type ConsentChangeInput = {
  /** Name of the permission. */
  readonly consent: Scalars['String']['input'];
  /** False to withdraw it. */
  readonly granted: Scalars['Boolean']['input'];
};

/** Marketing permissions to define. */
export type ConsentDefineInput = {
  /** Names to add, as `newsletter`; existing names remain. */
  readonly names: ReadonlyArray<Scalars['String']['input']>;
};

/** The marketing permissions of one customer. */
export type ConsentsInput = {
  /** All permissions that are granted; all others are withdrawn. */
  readonly consents: ReadonlyArray<Scalars['String']['input']>;
  /** Which customer. */
  readonly customer: CustomerByInput;
};

/** Identifies a customer, by one of its ids. */
export type CustomerByInput =
  /** Global id. */
  { readonly id: Scalars['ID']['input']; readonly sourceId?: never; }
  |  /** Id in the source system; case-sensitive. */
  { readonly id?: never; readonly sourceId: Scalars['String']['input']; };

/** A whole profile: fields that are omitted become unknown. */
export type CustomerInput = {
  /** Postal address. */
  readonly address?: InputMaybe<AddressInput>;
  /** Date of birth, as `1990-02-28`. */
  readonly birthdate?: InputMaybe<Scalars['LocalDate']['input']>;
  /** Birthday as month and day, as `02-28`, if the year is not known; ignored if `birthdate` is given. */
  readonly birthday?: InputMaybe<Scalars['String']['input']>;
  /** Marketing permissions granted. */
  readonly consents?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** When the customer was created in the source system. */
  readonly createdAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** E-mail address. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Custom attributes: an object. */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  /** Full name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Phone number. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** The source system. */
  readonly source?: InputMaybe<CustomerSource>;
  /** Id in the source system: unique in the project, case-sensitive. */
  readonly sourceId: Scalars['String']['input'];
  /** What the source system knows. */
  readonly sourceMetadata?: InputMaybe<SourceMetadataInput>;
  /** The source system, if it is not one of `source`. */
  readonly sourceText?: InputMaybe<Scalars['String']['input']>;
};

/** What customers can be sorted by. Customers without a value come first, and last if descending; equal values are sorted by source id. */
export type CustomerSortKey =
  /** The attribute `country`. */
  | 'COUNTRY'
  /** The attribute `created_at`. */
  | 'CREATED_AT'
  /** The attribute `email`. */
  | 'EMAIL'
  /** The attribute `name`. */
  | 'NAME'
  /** The attribute `orders.count`. */
  | 'ORDERS_COUNT'
  /** The attribute `orders.last_at`. */
  | 'ORDERS_LAST_AT'
  /** The attribute `orders.total_amount`. */
  | 'ORDERS_TOTAL_AMOUNT'
  /** The attribute `source_id`. */
  | 'SOURCE_ID';

/** The system that a customer was imported from. */
export type CustomerSource =
  /** The source `activecampaign`. */
  | 'ACTIVECAMPAIGN'
  /** The source `api`. */
  | 'API'
  /** The source `bigcommerce`. */
  | 'BIGCOMMERCE'
  /** The source `import`. */
  | 'IMPORT'
  /** The source `intercom`. */
  | 'INTERCOM'
  /** The source `mailchimp`. */
  | 'MAILCHIMP'
  /** The source `shopify`. */
  | 'SHOPIFY'
  /** The source `web_widget`. */
  | 'WEB_WIDGET';

/** Changes of a profile: fields that are omitted are unchanged, null makes a field unknown. Addresses and custom attributes are merged key by key. */
export type CustomerUpdateInput = {
  /** Postal address. */
  readonly address?: InputMaybe<AddressInput>;
  /** Date of birth, as `1990-02-28`. */
  readonly birthdate?: InputMaybe<Scalars['LocalDate']['input']>;
  /** Birthday as month and day, as `02-28`, if the year is not known; ignored if `birthdate` is given. */
  readonly birthday?: InputMaybe<Scalars['String']['input']>;
  /** Which customer. */
  readonly by: CustomerByInput;
  /** Marketing permissions to grant or withdraw; others are as `consents` says, or unchanged. */
  readonly consentChanges?: InputMaybe<ReadonlyArray<ConsentChangeInput>>;
  /** Marketing permissions granted. */
  readonly consents?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** When the customer was created in the source system. */
  readonly createdAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** E-mail address. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Custom attributes: an object. */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  /** Full name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Phone number. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** The source system. */
  readonly source?: InputMaybe<CustomerSource>;
  /** What the source system knows. */
  readonly sourceMetadata?: InputMaybe<SourceMetadataInput>;
  /** The source system, if it is not one of `source`. */
  readonly sourceText?: InputMaybe<Scalars['String']['input']>;
};

/** Kind of mistake, stable. docs/diagnostics.md has an example of each. */
export type DiagnosticCode =
  /** Every customer matches the condition. */
  | 'ALWAYS_TRUE'
  /** The segment that is named is archived. */
  | 'ARCHIVED_SEGMENT'
  /** An attribute of the customer is used after `where`, which takes properties of the event. */
  | 'ATTRIBUTE_IN_WHERE'
  /** The date of birth is compared with its year, where the day of the year is probably meant. */
  | 'BIRTHDAY_AS_DATE'
  /** The attribute cannot be narrowed to a campaign. */
  | 'CAMPAIGN_NOT_TAKEN'
  /** A clause, such as a period, is read as a part of a text. */
  | 'CLAUSE_IN_TEXT'
  /** A comma is used outside a list. */
  | 'COMMA_IN_VALUE'
  /** A condition is read as a part of a text. */
  | 'CONDITION_IN_TEXT'
  /** The event condition takes no number of times. */
  | 'COUNT_NOT_TAKEN'
  /** A negated event of a tree has a count. */
  | 'COUNT_OF_NONE'
  /** `customer since` with a period has two meanings. */
  | 'CUSTOMER_SINCE'
  /** An event condition has two clauses of a kind, of which it takes one. */
  | 'DUPLICATE_CLAUSE'
  /** A condition repeats an earlier one. */
  | 'DUPLICATE_CONDITION'
  /** The query is empty. */
  | 'EMPTY_QUERY'
  /** A value is empty. */
  | 'EMPTY_VALUE'
  /** The queries and expressions of what the query names nest conditions too deep. */
  | 'EXPANDED_TOO_DEEP'
  /** An operator is written only in part. */
  | 'INCOMPLETE_OPERATOR'
  /** Two attributes of different types are compared. */
  | 'KINDS_DIFFER'
  /** What looks like a list is read as one text. */
  | 'LIST_IN_TEXT'
  /** The operator takes one value, not a list. */
  | 'LIST_NOT_TAKEN'
  /** A punctuation mark at the end is read as a part of a text. */
  | 'MARK_IN_TEXT'
  /** Metadata is named without its key. */
  | 'METADATA_KEY'
  /** `and` is missing between the two values of a range. */
  | 'MISSING_AND'
  /** An attribute is missing before an operator. */
  | 'MISSING_ATTRIBUTE'
  /** The result of a measure is not compared with anything. */
  | 'MISSING_COMPARISON'
  /** A condition is missing. */
  | 'MISSING_CONDITION'
  /** `and` or `or` is missing between two conditions. */
  | 'MISSING_CONNECTIVE'
  /** The name of an event is missing. */
  | 'MISSING_EVENT'
  /** The operator takes a list in parentheses. */
  | 'MISSING_LIST'
  /** An operator is missing. */
  | 'MISSING_OPERATOR'
  /** The property that a measure is taken of is missing. */
  | 'MISSING_PROPERTY'
  /** A sample has no share. */
  | 'MISSING_SAMPLE_SHARE'
  /** `times` is missing after a number. */
  | 'MISSING_TIMES'
  /** A unit of the calendar is missing. */
  | 'MISSING_UNIT'
  /** A value is missing after an operator. */
  | 'MISSING_VALUE'
  /** The condition compares with a single instant, which almost no customer matches. */
  | 'NEARLY_NEVER'
  /** An attribute that is not true or false is not compared with anything. */
  | 'NEEDS_COMPARISON'
  /** The operator takes a length of time, as `30 days ago`, for dates. */
  | 'NEEDS_RELATIVE_DATE'
  /** No customer can match the condition. */
  | 'NEVER_TRUE'
  /** A value is not an amount of money. */
  | 'NOT_AN_AMOUNT'
  /** A value is not a whole number. */
  | 'NOT_A_COUNT'
  /** A value is not a date. */
  | 'NOT_A_DATE'
  /** The attribute is not a date. */
  | 'NOT_A_DATED_ATTRIBUTE'
  /** A value is not a length of time. */
  | 'NOT_A_DURATION'
  /** A value is not a month. */
  | 'NOT_A_MONTH'
  /** A value is not a number. */
  | 'NOT_A_NUMBER'
  /** A value is not a percentage from 0% to 100%. */
  | 'NOT_A_SHARE'
  /** A node of the tree does not have the required shape. */
  | 'NOT_A_TREE'
  /** A sign is not a word of the language, such as `&&`. */
  | 'NOT_A_WORD'
  /** The condition cannot be used after `where`. */
  | 'NOT_IN_WHERE'
  /** The measure cannot be taken of the property. */
  | 'NOT_MEASURABLE'
  /** A tree negates a negation. */
  | 'NOT_OF_NOT'
  /** A value is neither true nor false. */
  | 'NOT_TRUE_OR_FALSE'
  /** The attribute has no anniversary. */
  | 'NOT_YEARLY'
  /** The operator takes a value, not another attribute. */
  | 'NO_ATTRIBUTE_TAKEN'
  /** A length of hours or minutes is measured from a date without a time. */
  | 'NO_CLOCK_DISTANCE'
  /** The operator of a tree cannot be negated. */
  | 'NO_COMPLEMENT'
  /** The event has no lines. */
  | 'NO_ITEMS'
  /** Words that sort, which a query does not. */
  | 'NO_SORTING'
  /** The calendar has no such date. */
  | 'NO_SUCH_DATE'
  /** The attribute's type does not have the operator. */
  | 'NO_SUCH_OPERATOR'
  /** The unit cannot be counted. */
  | 'NO_SUCH_UNIT'
  /** No customer has the value. */
  | 'NO_SUCH_VALUE'
  /** An operator in other words is read as a part of a text. */
  | 'OPERATOR_IN_TEXT'
  /** The end of an e-mail address is compared as a whole one. */
  | 'PART_OF_EMAIL'
  /** Pattern characters are read as they are written. */
  | 'PATTERN_IN_TEXT'
  /** The year that a month without a year was read in. */
  | 'PERIOD_YEAR'
  /** An attribute is written between quotes, like a value. */
  | 'QUOTED_ATTRIBUTE'
  /** The tree, written as a query, has another meaning. */
  | 'READS_OTHERWISE'
  /** A word is read as the language's own word of the same meaning. */
  | 'READ_AS'
  /** The first step of a sequence has `with the same`, which needs an earlier step. */
  | 'SAME_IN_FIRST_STEP'
  /** Two properties that have to be equal have different types. */
  | 'SAME_KINDS_DIFFER'
  /** Segments name one another too deep. */
  | 'SEGMENTS_TOO_DEEP'
  /** The segments that are named have too many conditions in all. */
  | 'SEGMENTS_TOO_LARGE'
  /** A segment depends on itself. */
  | 'SEGMENT_CYCLE'
  /** The query of a segment that is named is no longer valid. */
  | 'SEGMENT_HAS_MISTAKES'
  /** A query asks when customers came to a segment or left it. */
  | 'SEGMENT_OVER_TIME'
  /** The first step of a sequence is negated. */
  | 'SEQUENCE_BEGINS_NEGATIVE'
  /** A sign before `… ago` compares instants, where a length of time is probably meant. */
  | 'SIGN_BEFORE_AGO'
  /** A sign is read as a part of a text. */
  | 'SIGN_IN_TEXT'
  /** A negated last step has no length of time. */
  | 'STEP_NEEDS_WITHIN'
  /** A negated step between two others has a length of time. */
  | 'STEP_TAKES_NO_WITHIN'
  /** The query is too long. */
  | 'TEXT_TOO_LONG'
  /** Parentheses are nested too deep. */
  | 'TOO_DEEP'
  /** A node of the tree has too few operands. */
  | 'TOO_FEW_OPERANDS'
  /** The query has too many conditions. */
  | 'TOO_MANY_CONDITIONS'
  /** The query has too many conditions on events. */
  | 'TOO_MANY_EVENT_CONDITIONS'
  /** A list has too many values. */
  | 'TOO_MANY_ITEMS'
  /** A sequence has too many steps. */
  | 'TOO_MANY_STEPS'
  /** The tree is too large or too deep. */
  | 'TREE_TOO_LARGE'
  /** Two operators follow each other. */
  | 'TWO_OPERATORS'
  /** A bracket is not closed. */
  | 'UNCLOSED_PARENTHESIS'
  /** A quote is not closed. */
  | 'UNCLOSED_QUOTE'
  /** A word or sign cannot be used at this position. */
  | 'UNEXPECTED'
  /** A punctuation mark ends the query. */
  | 'UNEXPECTED_MARK'
  /** There is no such attribute. */
  | 'UNKNOWN_ATTRIBUTE'
  /** There is no such campaign. */
  | 'UNKNOWN_CAMPAIGN'
  /** A value is no known country, so it is compared as text. */
  | 'UNKNOWN_COUNTRY'
  /** There is no such event. */
  | 'UNKNOWN_EVENT'
  /** A node of the tree has a field that does not exist. */
  | 'UNKNOWN_FIELD'
  /** There is no such operator. */
  | 'UNKNOWN_OPERATOR'
  /** The event has no such property. */
  | 'UNKNOWN_PROPERTY'
  /** There is no such segment. */
  | 'UNKNOWN_SEGMENT'
  /** The attribute, which has a fixed list of values, does not have the value. */
  | 'UNKNOWN_VALUE'
  /** The query contains a character that no store can hold. */
  | 'UNSTORABLE_TEXT'
  /** The start of a range is after its end. */
  | 'UPSIDE_DOWN'
  /** The start of a range of the calendar is after its end, because of the years that were assumed. */
  | 'UPSIDE_DOWN_YEARS'
  /** A value that contains a connective needs quotes. */
  | 'VALUE_NEEDS_QUOTES'
  /** An anniversary is compared with a date that has a year. */
  | 'WHOLE_DATE'
  /** The attribute takes no period. */
  | 'WINDOW_NOT_TAKEN'
  /** The language words it in another way. */
  | 'WORDED_OTHERWISE'
  /** A word such as `null` is compared as text. */
  | 'WORD_AS_TEXT'
  /** An amount is in another currency than the project's. */
  | 'WRONG_CURRENCY'
  /** An operator of the tree has too few or too many operands. */
  | 'WRONG_OPERANDS'
  /** An anniversary is compared with a period that has a year. */
  | 'YEAR_IN_ANNIVERSARY';

/** Exactly one of: what a redemption takes off the order. */
export type DiscountInput =
  /** A fixed amount, the order's at most. */
  { readonly amount: MoneyInput; readonly percent?: never; }
  |  /** A part of the order's amount. */
  { readonly amount?: never; readonly percent: PercentDiscountInput; };

/** Identifies a distribution. */
export type DistributionByInput =
  /** Global id. */
  { readonly id: Scalars['ID']['input']; readonly name?: never; }
  |  /** Name; case is ignored. */
  { readonly id?: never; readonly name: Scalars['String']['input']; };

/** How messages are sent. */
export type DistributionChannel =
  /** By the mail server of the service. */
  | 'EMAIL'
  /** Posted to a URL as JSON, signed as defined by Standard Webhooks. */
  | 'WEBHOOK';

/** A distribution. */
export type DistributionCreateInput = {
  /** Whom it writes to; all customers if omitted. If entries, exits or events are awaited, the customer has to be in it when the message is sent. */
  readonly audience?: InputMaybe<AudienceInput>;
  /** A campaign of discounts or referrals, of whose codes each customer gets one. */
  readonly campaign?: InputMaybe<PromotionByInput>;
  /** How its messages are sent. */
  readonly channel: DistributionChannel;
  /** The consent that a customer has to have granted. */
  readonly consent: Scalars['String']['input'];
  /** Name, unique in the project; case is ignored. It does not change. */
  readonly name: Scalars['String']['input'];
  /** Why the customers are written to, in up to 500 characters. */
  readonly purpose: Scalars['String']['input'];
  /** The most messages a minute, up to 12,000. */
  readonly ratePerMinute?: Scalars['Int']['input'];
  /** Secret that messages to the webhook are signed with; generated if omitted. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
  /** What its messages say. */
  readonly template: MessageTemplateInput;
  /** When it writes; once, when it is started, if omitted. */
  readonly trigger?: InputMaybe<DistributionTriggerInput>;
  /** Address of the webhook: required of one, and only there. Public, and https. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** State of a distribution. */
export type DistributionState =
  /** Messages are planned and sent, or awaited. */
  | 'ACTIVE'
  /** Canceled. */
  | 'CANCELED'
  /** What is planned is being marked as canceled. */
  | 'CANCELING'
  /** Not started. */
  | 'DRAFT'
  /** Nothing is left to be sent. Messages may be in doubt. */
  | 'FINISHED'
  /** Nothing is sent: a person paused it, or it was put aside because of `problem`. */
  | 'PAUSED';

/** A test of a distribution. */
export type DistributionTestInput = {
  /** Which distribution. */
  readonly by: DistributionByInput;
  /** The customer whose message is sent. */
  readonly customer: CustomerByInput;
  /** E-mail address that it is sent to: required of e-mail, and only there. */
  readonly to?: InputMaybe<Scalars['String']['input']>;
};

/** Exactly one of: when customers are written to. */
export type DistributionTriggerInput =
  /** All customers of the audience, at this instant. */
  { readonly at: Scalars['DateTime']['input']; readonly entered?: never; readonly event?: never; readonly left?: never; }
  |  /** Each customer who enters this segment, each time. */
  { readonly at?: never; readonly entered: Scalars['ID']['input']; readonly event?: never; readonly left?: never; }
  |  /** A customer, each time that an event of this type is recorded for them. */
  { readonly at?: never; readonly entered?: never; readonly event: Scalars['String']['input']; readonly left?: never; }
  |  /** Each customer who leaves this segment, each time. */
  { readonly at?: never; readonly entered?: never; readonly event?: never; readonly left: Scalars['ID']['input']; };

/** When customers are written to. */
export type DistributionTriggerKind =
  /** All customers of the audience, once, at an instant. */
  | 'AT'
  /** Each customer who enters a segment, each time. */
  | 'ENTERED'
  /** A customer, each time that an event is recorded for them. */
  | 'EVENT'
  /** Each customer who leaves a segment, each time. */
  | 'LEFT'
  /** All customers of the audience, once, when the distribution is started. */
  | 'NOW';

/** Changes of a distribution that is not started, or is paused; omitted fields are unchanged. */
export type DistributionUpdateInput = {
  /** Which distribution. */
  readonly by: DistributionByInput;
  /** New purpose. */
  readonly purpose?: InputMaybe<Scalars['String']['input']>;
  /** New maximum number of messages a minute. */
  readonly ratePerMinute?: InputMaybe<Scalars['Int']['input']>;
  /** New template. */
  readonly template?: InputMaybe<MessageTemplateInput>;
  /** New address of the webhook. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** A type of event to define. */
export type EventDefineInput = {
  /** Name of the event, as `page viewed`. */
  readonly name: Scalars['String']['input'];
  /** Keys to add; existing keys remain. */
  readonly properties?: ReadonlyArray<PropertyInput>;
};

/** Something that a customer did. The same event sent again is one event. */
export type EventInput = {
  /** When it happened; required for a new event. */
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  /** The customer; required for a new record. */
  readonly customer?: InputMaybe<CustomerByInput>;
  /** Properties: an object. */
  readonly properties?: InputMaybe<Scalars['JSON']['input']>;
  /** Id in the source system, unique in the project. Without one, a record is identified by its content: the n-th of several equal records in a request is the same record as the n-th in any other request or file. */
  readonly sourceId?: InputMaybe<Scalars['String']['input']>;
  /** Name of the event, as `page viewed`; required for a new event. */
  readonly type?: InputMaybe<Scalars['String']['input']>;
};

/** How conditions on events are evaluated; all strategies give the same answer. */
export type EventStrategy =
  /** Records and customers side by side, one pass per collection. */
  | 'BOTH_SIDES'
  /** The records first, then the customers that have some. */
  | 'EVENTS_FIRST'
  /** Each customer that the other conditions leave is joined with its records. */
  | 'JOIN';

/** Events of one customer. */
export type EventsTrackInput = {
  /** Source id of the customer, who is added if there is none. */
  readonly customerSourceId: Scalars['String']['input'];
  /** The events, at most 1,000; their `customer` is ignored. */
  readonly events: ReadonlyArray<EventInput>;
};

/** A gift card of a customer. */
export type GiftCardInput = {
  /** Amount that it was issued with; required for a new card. */
  readonly amount?: InputMaybe<MoneyInput>;
  /** Name of the campaign; required for a new card. */
  readonly campaign?: InputMaybe<Scalars['String']['input']>;
  /** The customer; required for a new record. */
  readonly customer?: InputMaybe<CustomerByInput>;
  /** Id in the source system, unique in the project. Without one, a record is identified by its content: the n-th of several equal records in a request is the same record as the n-th in any other request or file. */
  readonly sourceId?: InputMaybe<Scalars['String']['input']>;
  /** Amount spent; 0 if omitted. */
  readonly spent?: InputMaybe<MoneyInput>;
};

/** A gift card to issue. */
export type GiftCardIssueInput = {
  /** What it holds. */
  readonly amount: MoneyInput;
  /** Which campaign. */
  readonly campaign: PromotionByInput;
  /** Its code; a random one if omitted. */
  readonly code?: InputMaybe<Scalars['String']['input']>;
  /** Which customer. */
  readonly customer: CustomerByInput;
  /** Key of the request, 1 to 200 characters: a repetition with it returns the first card, and issues none. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A file to import. What is omitted is found by its name and content. */
export type ImportCreateInput = {
  /** True if an empty cell removes the stored value. */
  readonly clearEmpty?: Scalars['Boolean']['input'];
  /** What its records are. */
  readonly collection?: InputMaybe<RecordCollection>;
  /** Separator of the cells: `,`, `;`, `|` or a tab. */
  readonly delimiter?: InputMaybe<Scalars['String']['input']>;
  /** Encoding of the text, as `utf-8` or `windows-1252`. */
  readonly encoding?: InputMaybe<Scalars['String']['input']>;
  /** Name of the file, as `customers.csv`. A zip archive of an interchange folder is accepted, too. */
  readonly fileName: Scalars['String']['input'];
  /** How its columns are read. */
  readonly mapping?: InputMaybe<ImportMappingInput>;
  /** How customers who already exist are changed. */
  readonly mode?: InputMaybe<ImportMode>;
};

/** Exactly one of: how the columns of a CSV file are read. */
export type ImportMappingInput =
  /** A mapping, in the format of a mapping file. */
  { readonly definition: Scalars['JSON']['input']; readonly name?: never; }
  |  /** Name of a mapping, as `shopify` or `mailchimp`. */
  { readonly definition?: never; readonly name: Scalars['String']['input']; };

/** How an import changes a customer who already exists. */
export type ImportMode =
  /** Fields that the file has are set; the others remain. */
  | 'MERGE'
  /** The record is the whole customer. */
  | 'REPLACE';

/** A job to cancel. */
export type JobCancelInput = {
  /** Id of the job. */
  readonly id: Scalars['ID']['input'];
};

/** Progress of a job. */
export type JobState =
  /** It was canceled. Records that it had written remain. */
  | 'CANCELED'
  /** It failed: see `problem`. */
  | 'FAILED'
  /** It is running. */
  | 'RUNNING'
  /** It has succeeded. */
  | 'SUCCEEDED'
  /** It waits for its file. */
  | 'UPLOADING'
  /** It begins as soon as a process is free. */
  | 'WAITING';

/** What a job does. */
export type JobType =
  /** Exports customers as a CSV file. */
  | 'AUDIENCE'
  /** Generates codes of a campaign; `progress` counts them. */
  | 'CODES'
  /** Exports the project. */
  | 'EXPORT'
  /** Imports a file. */
  | 'IMPORT'
  /** Publishes codes to the customers of a segment; `progress` counts the customers. */
  | 'PUBLISH'
  /** Changes the type of a key of metadata or of an event's properties. */
  | 'RETYPE';

/** What a key belongs to. */
export type KeyOwner =
  /** Metadata of customers. */
  | 'CUSTOMER'
  /** Properties of a type of event. */
  | 'EVENT'
  /** Metadata of orders. */
  | 'ORDER';

/** A key, and the type that it gets. */
export type KeyRetypeInput = {
  /** True to count what would be converted, and change nothing. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** The type of event, if it belongs to one. */
  readonly event?: InputMaybe<Scalars['String']['input']>;
  /** The key. */
  readonly key: Scalars['String']['input'];
  /** What it belongs to. */
  readonly of?: KeyOwner;
  /** The new type. */
  readonly type: PropertyType;
};

/** A loyalty card of a customer. */
export type LoyaltyCardInput = {
  /** Name of the campaign; required for a new card. */
  readonly campaign?: InputMaybe<Scalars['String']['input']>;
  /** The customer; required for a new record. */
  readonly customer?: InputMaybe<CustomerByInput>;
  /** Points expired; 0 if omitted. */
  readonly expired?: InputMaybe<Scalars['Float']['input']>;
  /** Points collected so far; required for a new card. */
  readonly points?: InputMaybe<Scalars['Float']['input']>;
  /** Id in the source system, unique in the project. Without one, a record is identified by its content: the n-th of several equal records in a request is the same record as the n-th in any other request or file. */
  readonly sourceId?: InputMaybe<Scalars['String']['input']>;
  /** Points spent; 0 if omitted. */
  readonly spent?: InputMaybe<Scalars['Float']['input']>;
};

/** Points that a customer earns. */
export type LoyaltyPointsAddInput = {
  /** Which campaign. */
  readonly campaign: PromotionByInput;
  /** Which customer. */
  readonly customer: CustomerByInput;
  /** Key of the request, 1 to 200 characters: a repetition with it returns the account, and adds nothing. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How many. */
  readonly points: Scalars['Int']['input'];
};

/** What a person decides about a message in doubt. */
export type MessageResolution =
  /** It is sent again: the customer may get it twice. */
  | 'SEND_AGAIN'
  /** It counts as sent. */
  | 'SENT';

/** A message in doubt, and what becomes of it. */
export type MessageResolveInput = {
  /** Id of the message. */
  readonly id: Scalars['ID']['input'];
  /** What becomes of it. */
  readonly resolution: MessageResolution;
};

/** Why a message was not sent. */
export type MessageSkipReason =
  /** The distribution was canceled. */
  | 'CANCELED'
  /** The customer was erased. */
  | 'ERASED'
  /** The customer's e-mail address is none. */
  | 'INVALID_ADDRESS'
  /** The customer was not in the audience when it was to be sent. */
  | 'NOT_IN_AUDIENCE'
  /** The customer has no e-mail address. */
  | 'NO_ADDRESS'
  /** The customer has not granted the distribution's consent. */
  | 'NO_CONSENT';

/** Status of a message. */
export type MessageStatus =
  /** Refused by the receiver, or not accepted at any of several attempts. */
  | 'FAILED'
  /** Cut off while it was being sent: it may have been sent. `messageResolve` decides. */
  | 'IN_DOUBT'
  /** To be sent. */
  | 'PLANNED'
  /** Being sent at this moment. */
  | 'SENDING'
  /** Accepted by the receiver. */
  | 'SENT'
  /** Not sent, for the reason in `skipReason`. */
  | 'SKIPPED';

/** What messages say: Liquid templates, which name the fields of `customer`, `distribution`, and `code` if codes are handed out. */
export type MessageTemplateInput = {
  /** HTML of e-mail, in which values are escaped; plain text of webhooks. Up to 32,768 characters. */
  readonly body: Scalars['String']['input'];
  /** Subject: required of e-mail, and only there. */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
};

/** Custom attributes to define. */
export type MetadataDefineInput = {
  /** Keys to add; existing keys remain. */
  readonly keys: ReadonlyArray<PropertyInput>;
  /** What they belong to. */
  readonly of?: MetadataOwner;
};

/** What custom attributes belong to. */
export type MetadataOwner =
  /** Customers. */
  | 'CUSTOMER'
  /** Orders. */
  | 'ORDER';

/** An amount of money in the project's currency. */
export type MoneyInput =
  /** The amount in major units, as `1234.50`. */
  { readonly amount: Scalars['String']['input']; readonly minorAmount?: never; }
  |  /** The amount in the currency's minor unit (cents): 1050 is $10.50. */
  { readonly amount?: never; readonly minorAmount: Scalars['SafeInt']['input']; };

/** What a name refers to. */
export type NameKind =
  /** A custom attribute of customers. */
  | 'CUSTOMER_METADATA'
  /** A type of event. */
  | 'EVENT'
  /** A property of a type of event. */
  | 'EVENT_PROPERTY'
  /** A custom attribute of orders. */
  | 'ORDER_METADATA';

/** What follows an operator. */
export type OperandKind =
  /** A length of time and another date, as `7 days after created`. */
  | 'DISTANCE'
  /** A length of time, as `30 days`. */
  | 'DURATION'
  /** A list of values in parentheses. */
  | 'LIST'
  /** Nothing. */
  | 'NONE'
  /** Two values, joined by `and`. */
  | 'PAIR'
  /** A span of the calendar, as `November 2026`. */
  | 'PERIOD'
  /** One value. */
  | 'VALUE';

/** A comparison of the segment language. */
export type Operator =
  /** Written `is after`. */
  | 'AFTER'
  /** Written `is at least`. */
  | 'AT_LEAST'
  /** Written `is at most`. */
  | 'AT_MOST'
  /** Written `is before`. */
  | 'BEFORE'
  /** Written `is between`. */
  | 'BETWEEN'
  /** Written `contains`. */
  | 'CONTAINS'
  /** Written `contains all of`. */
  | 'CONTAINS_ALL_OF'
  /** Written `contains any of`. */
  | 'CONTAINS_ANY_OF'
  /** Written `ends with`. */
  | 'ENDS_WITH'
  /** Written `is exactly`. */
  | 'EXACTLY'
  /** Written `>=`. */
  | 'GREATER_OR_EQUAL_SIGN'
  /** Written `>`. */
  | 'GREATER_SIGN'
  /** Written `has any value`. */
  | 'HAS_ANY_VALUE'
  /** Written `has at least`. */
  | 'HAS_AT_LEAST'
  /** Written `is in`. */
  | 'IN_PERIOD'
  /** Written `is in the last`. */
  | 'IN_THE_LAST'
  /** Written `is in the next`. */
  | 'IN_THE_NEXT'
  /** Written `is`. */
  | 'IS'
  /** Written `is any of`. */
  | 'IS_ANY_OF'
  /** Written `is empty`. */
  | 'IS_EMPTY'
  /** Written `<=`. */
  | 'LESS_OR_EQUAL_SIGN'
  /** Written `<`. */
  | 'LESS_SIGN'
  /** Written `is less than`. */
  | 'LESS_THAN'
  /** Written `is more than`. */
  | 'MORE_THAN'
  /** Written `is on`. */
  | 'ON'
  /** Written `is on or after`. */
  | 'ON_OR_AFTER'
  /** Written `is on or before`. */
  | 'ON_OR_BEFORE'
  /** Written `since`. */
  | 'SINCE'
  /** Written `starts at`. */
  | 'STARTS_AT'
  /** Written `starts with`. */
  | 'STARTS_WITH'
  /** Written `is within`. */
  | 'WITHIN';

/** An order. One with a known `sourceId` is replaced. */
export type OrderInput = {
  /** Total amount; the sum of the lines if omitted. */
  readonly amount?: InputMaybe<MoneyInput>;
  /** When it was placed; required for a new order. */
  readonly createdAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The customer; required for a new record. */
  readonly customer?: InputMaybe<CustomerByInput>;
  /** Its lines. */
  readonly items?: InputMaybe<ReadonlyArray<OrderItemInput>>;
  /** Custom attributes: an object. */
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
  /** Id in the source system, unique in the project. */
  readonly sourceId: Scalars['String']['input'];
  /** Its status; `CREATED` if omitted. */
  readonly status?: InputMaybe<OrderStatus>;
  /** Its status in other words, if `status` is `OTHER`. */
  readonly statusText?: InputMaybe<Scalars['String']['input']>;
};

/** A line of an order. */
export type OrderItemInput = {
  /** Name of the product. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Price of one unit. */
  readonly price?: InputMaybe<MoneyInput>;
  /** Id of the product. */
  readonly productId?: InputMaybe<Scalars['String']['input']>;
  /** Number of units; 1 if omitted. */
  readonly quantity?: InputMaybe<Scalars['Float']['input']>;
  /** Stock keeping unit. */
  readonly sku?: InputMaybe<Scalars['String']['input']>;
};

/** The status of an order. */
export type OrderStatus =
  /** Canceled: it is not counted anywhere. */
  | 'CANCELED'
  /** Placed. */
  | 'CREATED'
  /** Delivered. */
  | 'FULFILLED'
  /** Any other status: see `statusText`. */
  | 'OTHER'
  /** Paid. */
  | 'PAID';

/** A part of the order's amount. */
export type PercentDiscountInput = {
  /** The most that it takes off. */
  readonly maximum?: InputMaybe<MoneyInput>;
  /** Percentage above 0, up to 100, as the decimal number `12.5`. */
  readonly percent: Scalars['String']['input'];
};

/** Changes of a project; omitted fields are unchanged. */
export type ProjectUpdateInput = {
  /** ISO 4217 code of the currency, as `USD`. */
  readonly currency?: InputMaybe<Scalars['String']['input']>;
  /** Custom attributes of customers that have an index, instead of the present ones. */
  readonly indexedMetadata?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** IANA time zone, as `Europe/Warsaw`. */
  readonly timezone?: InputMaybe<Scalars['String']['input']>;
};

/** Identifies a validation rule or a campaign. */
export type PromotionByInput =
  /** Global id. */
  { readonly id: Scalars['ID']['input']; readonly name?: never; }
  |  /** Name; case is ignored. */
  { readonly id?: never; readonly name: Scalars['String']['input']; };

/** A code that is chosen. */
export type PromotionCodeCreateInput = {
  /** Which campaign. */
  readonly campaign: PromotionByInput;
  /** The code: letters A to Z, digits, `-` and `_`. Case is ignored. */
  readonly code: Scalars['String']['input'];
  /** How often it may be redeemed; no limit if omitted. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
};

/** A campaign, and the customer that one of its codes is published to. */
export type PromotionCodePublishInput = {
  /** Which campaign. */
  readonly campaign: PromotionByInput;
  /** Which customer. */
  readonly customer: CustomerByInput;
};

/** Changes of a code. */
export type PromotionCodeUpdateInput = {
  /** False to prevent its redemption. */
  readonly active: Scalars['Boolean']['input'];
  /** The code; case is ignored. */
  readonly code: Scalars['String']['input'];
};

/** A key, and the type of its values. */
export type PropertyInput = {
  /** The key. */
  readonly name: Scalars['String']['input'];
  /** Type of its values. */
  readonly type: PropertyType;
};

/** Type of the values under a key. */
export type PropertyType =
  /** True or false. */
  | 'BOOLEAN'
  /** A set of booleans. */
  | 'BOOLEANS'
  /** A day, as `2026-02-01`. */
  | 'DATE'
  /** A set of days. */
  | 'DATES'
  /** A date and time, as `2026-02-01T10:00:00Z`. */
  | 'DATETIME'
  /** A set of dates and times. */
  | 'DATETIMES'
  /** A number. */
  | 'NUMBER'
  /** A set of numbers. */
  | 'NUMBERS'
  /** Text. */
  | 'STRING'
  /** A set of texts. */
  | 'STRINGS';

/** Identifies a record, by one of its ids. */
export type RecordByInput =
  /** Global id. */
  { readonly id: Scalars['ID']['input']; readonly sourceId?: never; }
  |  /** Id in the source system. */
  { readonly id?: never; readonly sourceId: Scalars['String']['input']; };

/** A kind of records. */
export type RecordCollection =
  /** The project's customers. */
  | 'CUSTOMERS'
  /** The project's events. */
  | 'EVENTS'
  /** The project's gift cards. */
  | 'GIFT_CARDS'
  /** The project's loyalty cards. */
  | 'LOYALTY'
  /** The project's orders. */
  | 'ORDERS'
  /** The project's redemptions. */
  | 'REDEMPTIONS'
  /** The project's referrals. */
  | 'REFERRALS';

/** Exactly one of: who redeems. */
export type RedeemerInput =
  /** A customer. */
  { readonly customer: CustomerByInput; readonly profile?: never; }
  |  /** The profile of a customer who is not stored. */
  { readonly customer?: never; readonly profile: CustomerInput; };

/** An attempt to redeem a voucher or a discount. */
export type RedemptionInput = {
  /** When it happened; required for a new record. */
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  /** Name of the campaign; required for a new record. */
  readonly campaign?: InputMaybe<Scalars['String']['input']>;
  /** The customer; required for a new record. */
  readonly customer?: InputMaybe<CustomerByInput>;
  /** Result; only `SUCCESS` is counted. Required for a new record. */
  readonly result?: InputMaybe<Scalars['String']['input']>;
  /** Id in the source system, unique in the project. Without one, a record is identified by its content: the n-th of several equal records in a request is the same record as the n-th in any other request or file. */
  readonly sourceId?: InputMaybe<Scalars['String']['input']>;
};

/** Maximum numbers of redemptions, counted separately for each campaign that the rule is assigned to. A limit that is omitted does not apply. */
export type RedemptionLimitsInput = {
  /** By one customer. */
  readonly perCustomer?: InputMaybe<Scalars['Int']['input']>;
  /** On one calendar day, in the project's time zone. */
  readonly perDay?: InputMaybe<Scalars['Int']['input']>;
  /** In all. */
  readonly total?: InputMaybe<Scalars['Int']['input']>;
};

/** Why a redemption is not allowed. */
export type RedemptionObstacleKind =
  /** The customer was referred by the campaign before. */
  | 'ALREADY_REFERRED'
  /** A rule does not allow the customer: see `why`. */
  | 'AUDIENCE'
  /** The query of a rule is no longer valid. */
  | 'BROKEN_RULE'
  /** The code was redeemed as often as it may be. */
  | 'CODE_LIMIT'
  /** The code was published to another customer. */
  | 'CODE_OF_ANOTHER_CUSTOMER'
  /** The campaign is redeemed by one of its codes, and none is given. */
  | 'CODE_REQUIRED'
  /** The customer has redeemed the campaign as often as one customer may. */
  | 'CUSTOMER_LIMIT'
  /** The campaign was redeemed today as often as it may be in a day. */
  | 'DAY_LIMIT'
  /** A rule allowed it earlier. */
  | 'ENDED'
  /** The campaign is not active. */
  | 'INACTIVE_CAMPAIGN'
  /** The code is not active. */
  | 'INACTIVE_CODE'
  /** The order's amount is below the least that a rule demands. */
  | 'MINIMUM_ORDER'
  /** A rule allows it later. */
  | 'NOT_YET'
  /** Nothing is left of the gift card. */
  | 'NO_BALANCE'
  /** The code of a referral belongs to no customer. */
  | 'NO_REFERRER'
  /** A gift card pays for an order, and none is given. */
  | 'ORDER_REQUIRED'
  /** The code of a referral is the customer's own. */
  | 'OWN_REFERRAL'
  /** The points are worth more than the order. */
  | 'POINTS_EXCEED_ORDER'
  /** The customer has fewer points. */
  | 'TOO_FEW_POINTS'
  /** The campaign was redeemed as often as it may be. */
  | 'TOTAL_LIMIT'
  /** There is no such code. */
  | 'UNKNOWN_CODE';

/** The order that a redemption is for. */
export type RedemptionOrderInput = {
  /** Its amount before the discount. */
  readonly amount: MoneyInput;
  /** Id in the source system, 1 to 256 characters. */
  readonly sourceId?: InputMaybe<Scalars['String']['input']>;
};

/** A redemption. */
export type RedemptionRedeemInput = {
  /** Who redeems. */
  readonly customer: CustomerByInput;
  /** Key of the redemption, 1 to 200 characters: a repetition with it returns the first redemption, and redeems nothing. After a rollback, redeem with a new key. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order that it is for. */
  readonly order?: InputMaybe<RedemptionOrderInput>;
  /** How many points to redeem, for a campaign of points. */
  readonly points?: InputMaybe<Scalars['Int']['input']>;
  /** What is redeemed. */
  readonly target: RedemptionTargetInput;
};

/** A redemption to roll back. */
export type RedemptionRollbackInput = {
  /** Id of the redemption. */
  readonly id: Scalars['ID']['input'];
};

/** Exactly one of: what is redeemed. */
export type RedemptionTargetInput =
  /** A campaign that requires no code. */
  { readonly campaign: PromotionByInput; readonly code?: never; }
  |  /** A code; case is ignored. */
  { readonly campaign?: never; readonly code: Scalars['String']['input']; };

/** A referral of one customer by another. */
export type ReferralInput = {
  /** When it happened; required for a new record. */
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  /** Name of the campaign; required for a new record. */
  readonly campaign?: InputMaybe<Scalars['String']['input']>;
  /** Source id of the customer who was referred; required for a new record. */
  readonly refereeSourceId?: InputMaybe<Scalars['String']['input']>;
  /** The customer who referred; required for a new record. */
  readonly referrer?: InputMaybe<CustomerByInput>;
  /** Id in the source system, unique in the project. Without one, a record is identified by its content: the n-th of several equal records in a request is the same record as the n-th in any other request or file. */
  readonly sourceId?: InputMaybe<Scalars['String']['input']>;
};

/** Identifies a segment, by its id or its name. */
export type SegmentByInput =
  /** Global id. */
  { readonly id: Scalars['ID']['input']; readonly name?: never; }
  |  /** Name; case is ignored. */
  { readonly id?: never; readonly name: Scalars['String']['input']; };

/** How segments are combined. */
export type SegmentCombination =
  /** Customers in the first and in none of the others. */
  | 'DIFFERENCE'
  /** Customers in all of them. */
  | 'INTERSECTION'
  /** Customers in at least one of them. */
  | 'UNION';

/** A segment that combines others. */
export type SegmentCombineInput = {
  /** How they are combined. */
  readonly combination: SegmentCombination;
  /** `AUTO_UPDATE` follows the combined segments; `STATIC` holds their members of now. */
  readonly kind?: SegmentKind;
  /** Name, unique in the project. */
  readonly name: Scalars['String']['input'];
  /** Ids of the segments, 2 to 6. */
  readonly segmentIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** A segment to delete. */
export type SegmentDeleteInput = {
  /** Id of the segment. */
  readonly id: Scalars['ID']['input'];
};

/** How the members of a segment are determined. */
export type SegmentKind =
  /** The members are the customers that match the query, at any moment. */
  | 'AUTO_UPDATE'
  /** The members were chosen at one moment, and do not change. */
  | 'STATIC';

/** Source of a membership. */
export type SegmentMembersSource =
  /** The query, evaluated as of that moment with today's profiles: nothing is stored, for example because the segment was not live yet. */
  | 'COMPUTED'
  /** The history of the membership: what was stored at that moment. */
  | 'HISTORY'
  /** The stored membership, which is maintained live and follows the writes a moment later. */
  | 'STORED';

/** State of the stored membership of an auto-update segment. */
export type SegmentStatus =
  /** The members could not be determined: they remain as they were, and the evaluation is tried again after ever longer pauses. `problem` says why. */
  | 'FAILED'
  /** Membership is maintained live. */
  | 'LIVE'
  /** The first members are being computed and written. */
  | 'POPULATING'
  /** The segment was deleted, and its members are being removed. */
  | 'REMOVING';

/** Why a customer entered or left. */
export type SegmentTransitionCause =
  /** The customer was erased. */
  | 'ERASED'
  /** An event was written. */
  | 'EVENT'
  /** A gift card was written. */
  | 'GIFT_CARD'
  /** A loyalty card was written. */
  | 'LOYALTY'
  /** An order was written. */
  | 'ORDER'
  /** The segment was new; the customer has been a member from the start. */
  | 'POPULATED'
  /** The customer's profile changed. */
  | 'PROFILE'
  /** The segment's query changed, or a segment that it names. */
  | 'QUERY_CHANGED'
  /** The membership was rebuilt from the query, and differed. */
  | 'REBUILT'
  /** A redemption was written. */
  | 'REDEMPTION'
  /** A referral was written. */
  | 'REFERRAL'
  /** The segment was deleted. */
  | 'SEGMENT_DELETED'
  /** Time passed. */
  | 'TIME';

/** Whether a customer entered a segment or left it. */
export type SegmentTransitionKind =
  /** The customer entered. */
  | 'ENTERED'
  /** The customer left. */
  | 'LEFT';

/** Changes of a segment; omitted fields are unchanged. */
export type SegmentUpdateInput = {
  /** True to archive it, false to restore it. */
  readonly archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the segment. */
  readonly id: Scalars['ID']['input'];
  /** New name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** New query, of an auto-update segment. */
  readonly query?: InputMaybe<Scalars['String']['input']>;
};

/** Severity of a diagnostic. */
export type Severity =
  /** The query cannot be answered. */
  | 'ERROR'
  /** Nothing is wrong; says how a part was read, such as the year of a month. */
  | 'HINT'
  /** The query can be answered, but may not mean what was intended. */
  | 'WARNING';

/** API that records are fetched from. */
export type SourceApiInput = {
  /** Access token, which may read customers and orders. */
  readonly token: Scalars['String']['input'];
  /** Address, as `https://api.bigcommerce.com/stores/abc123`. */
  readonly url: Scalars['String']['input'];
};

/** A source to delete. */
export type SourceDeleteInput = {
  /** Id of the source. */
  readonly id: Scalars['ID']['input'];
};

/** A source. */
export type SourceInput = {
  /** API that records are fetched from: for BigCommerce, and only for it. */
  readonly api?: InputMaybe<SourceApiInput>;
  /** False to refuse deliveries for now. */
  readonly enabled?: Scalars['Boolean']['input'];
  /** True to keep fields that have no place in a profile or an order as metadata. */
  readonly keepUnknown?: Scalars['Boolean']['input'];
  /** System that it receives from. */
  readonly kind: SourceKind;
  /** Name, for people, as `Main shop`. */
  readonly name: Scalars['String']['input'];
  /** Secret that the sender shows; generated if omitted. 16 to 256 letters, digits and signs. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
};

/** System that a source receives from. */
export type SourceKind =
  /** ActiveCampaign: contacts and tags, with the secret in the address. */
  | 'ACTIVECAMPAIGN'
  /** BigCommerce: customers and orders, fetched from its API, with the secret in a header. */
  | 'BIGCOMMERCE'
  /** Intercom: contacts, signed. */
  | 'INTERCOM'
  /** Mailchimp: contacts of audiences, with the secret in the address. */
  | 'MAILCHIMP'
  /** Shopify: customers and orders, signed. */
  | 'SHOPIFY';

/** What the source system knows of a customer. */
export type SourceMetadataInput = {
  /** Intercom type: `lead` or `user`. */
  readonly intercomType?: InputMaybe<Scalars['String']['input']>;
  /** Mailchimp list. */
  readonly mailchimpList?: InputMaybe<Scalars['String']['input']>;
  /** Id of the web widget. */
  readonly webWidgetId?: InputMaybe<Scalars['String']['input']>;
};

/** Changes of a source; omitted fields are unchanged. */
export type SourceUpdateInput = {
  /** New API that records are fetched from. */
  readonly api?: InputMaybe<SourceApiInput>;
  /** False to refuse deliveries, true to accept them. */
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the source. */
  readonly id: Scalars['ID']['input'];
  /** True to keep unknown fields as metadata. */
  readonly keepUnknown?: InputMaybe<Scalars['Boolean']['input']>;
  /** New name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** True to generate a new secret. For a day, the previous one is accepted, too. */
  readonly rotateSecret?: InputMaybe<Scalars['Boolean']['input']>;
  /** New secret. For a day, the previous one is accepted, too. 16 to 256 letters, digits and signs. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
};

/** The members of a static segment. */
export type StaticMembersInput =
  /** A query of the segment language that finds them. */
  { readonly query: Scalars['String']['input']; readonly sourceIds?: never; }
  |  /** Source ids of the customers. */
  { readonly query?: never; readonly sourceIds: ReadonlyArray<Scalars['String']['input']>; };

/** A static segment. */
export type StaticSegmentInput = {
  /** Moment as of which the query finds the members; now if omitted. */
  readonly asOf?: InputMaybe<Scalars['DateTime']['input']>;
  /** Its members. */
  readonly members: StaticMembersInput;
  /** Name, unique in the project. */
  readonly name: Scalars['String']['input'];
};

/** Kind of suggestion. */
export type SuggestionKind =
  /** An attribute of customers. */
  | 'ATTRIBUTE'
  /** `and` or `or`. */
  | 'CONNECTIVE'
  /** The name of an event. */
  | 'EVENT'
  /** Any other word of the language, or a bracket. */
  | 'KEYWORD'
  /** An operator, as `starts with`. */
  | 'OPERATOR'
  /** A property of an event. */
  | 'PROPERTY'
  /** A length of time with its unit. */
  | 'UNIT'
  /** A value of the data or of a list; a date; the name of a campaign or a segment. */
  | 'VALUE';

/** Kind of mistake in the input of a mutation, stable. */
export type UserErrorCode =
  /** Another request is changing the same object. Try again. */
  | 'BUSY'
  /** The project has the code already. */
  | 'CODE_TAKEN'
  /** The receiver did not accept a delivery. */
  | 'DELIVERY_FAILED'
  /** A definition is not valid, or would change the meaning of existing data. */
  | 'INVALID_DEFINITION'
  /** A value is out of bounds. */
  | 'INVALID_INPUT'
  /** A name is blank, or too long. */
  | 'INVALID_NAME'
  /** A query has mistakes: see `diagnostics`. */
  | 'INVALID_QUERY'
  /** A record cannot be stored as it is. */
  | 'INVALID_RECORD'
  /** A secret is not in its format. */
  | 'INVALID_SECRET'
  /** The list of segments is empty or too long. */
  | 'INVALID_SEGMENTS'
  /** A template is not valid, or names a field that does not exist. */
  | 'INVALID_TEMPLATE'
  /** A URL cannot be used. */
  | 'INVALID_URL'
  /** Something else that names it would lose its meaning. */
  | 'IN_USE'
  /** An API key cannot revoke itself. */
  | 'KEY_IN_USE'
  /** Another request has the idempotency key, or the redemption that has it was rolled back. */
  | 'KEY_USED'
  /** Another static segment has exactly these members. */
  | 'MEMBERS_TAKEN'
  /** Another segment, validation rule, campaign, distribution or source has the name. */
  | 'NAME_TAKEN'
  /** What the input identifies does not exist. */
  | 'NOT_FOUND'
  /** The redemption is not allowed: see `obstacles`. */
  | 'NOT_REDEEMABLE'
  /** The campaign has no generated code that is active, and neither published nor redeemed. */
  | 'NO_FREE_CODES'
  /** A static segment would have no members. */
  | 'NO_MEMBERS'
  /** A static segment does not change. */
  | 'STATIC'
  /** The project has the maximum number of unfinished jobs. */
  | 'TOO_MANY_JOBS'
  /** The project has the maximum number of API keys. */
  | 'TOO_MANY_KEYS'
  /** A static segment would have too many members. */
  | 'TOO_MANY_MEMBERS'
  /** The project has the maximum number of sources. */
  | 'TOO_MANY_SOURCES'
  /** The project has the maximum number of webhooks. */
  | 'TOO_MANY_WEBHOOKS'
  /** A customer does not exist. */
  | 'UNKNOWN_CUSTOMER'
  /** A segment does not exist. */
  | 'UNKNOWN_SEGMENT';

/** A validation rule. Omitted parts do not restrict. */
export type ValidationRuleInput = {
  /** Whom it allows. */
  readonly audience?: InputMaybe<AudienceInput>;
  /** Start of the period in which redemptions are allowed. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** How often it allows a redemption. */
  readonly limits?: InputMaybe<RedemptionLimitsInput>;
  /** The least amount of the order. */
  readonly minimumOrder?: InputMaybe<MoneyInput>;
  /** Name, unique in the project; case is ignored. It does not change. */
  readonly name: Scalars['String']['input'];
  /** End of that period, exclusive. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A webhook to delete. */
export type WebhookDeleteInput = {
  /** Id of the webhook. */
  readonly id: Scalars['ID']['input'];
};

/** What webhooks receive. `schema/events/` has the JSON Schema of each. */
export type WebhookEventType =
  /** A customer was added. */
  | 'CUSTOMER_CREATED'
  /** A customer was erased: erase your copy. */
  | 'CUSTOMER_ERASED'
  /** A customer changed so often at once that events were left out: read the customer again. Received with every other type that is no entry or exit. */
  | 'CUSTOMER_EVENTS_SKIPPED'
  /** A customer entered a segment. */
  | 'CUSTOMER_SEGMENT_ENTERED'
  /** A customer left a segment. */
  | 'CUSTOMER_SEGMENT_LEFT'
  /** The profile of a customer changed. */
  | 'CUSTOMER_UPDATED'
  /** A distribution ended: nothing more is sent. */
  | 'DISTRIBUTION_FINISHED'
  /** A distribution was started. */
  | 'DISTRIBUTION_STARTED'
  /** A message to a customer was refused, or not accepted at any attempt. */
  | 'MESSAGE_FAILED'
  /** The receiver accepted a message to a customer. */
  | 'MESSAGE_SENT'
  /** An order was added. */
  | 'ORDER_CREATED'
  /** An order was deleted. */
  | 'ORDER_DELETED'
  /** An order changed. */
  | 'ORDER_UPDATED'
  /** A redemption was taken back. */
  | 'REDEMPTION_ROLLED_BACK'
  /** A code or a campaign was redeemed. */
  | 'REDEMPTION_SUCCEEDED';

/** A webhook. */
export type WebhookInput = {
  /** False to deliver nothing yet. */
  readonly enabled?: Scalars['Boolean']['input'];
  /** Only events of these types; entries and exits if omitted. */
  readonly eventTypes?: InputMaybe<ReadonlyArray<WebhookEventType>>;
  /** Secret that deliveries are signed with; generated if omitted. `whsec_` and 24 to 64 bytes in base64, as defined by Standard Webhooks. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
  /** Only these segments, up to 100; all if omitted. */
  readonly segmentIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Address that deliveries are posted to: public, and https. */
  readonly url: Scalars['String']['input'];
};

/** Dead letters to send again. */
export type WebhookReplayInput = {
  /** Only these dead letters; all if omitted. */
  readonly deadLetterIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Id of the webhook. */
  readonly id: Scalars['ID']['input'];
};

/** Changes of a webhook; omitted fields are unchanged. */
export type WebhookUpdateInput = {
  /** False to stop deliveries, true to continue. */
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** New types of events. What has not been delivered yet is delivered by the new types. */
  readonly eventTypes?: InputMaybe<ReadonlyArray<WebhookEventType>>;
  /** Id of the webhook. */
  readonly id: Scalars['ID']['input'];
  /** True to generate a new secret. For a day, deliveries are signed with the previous one, too. */
  readonly rotateSecret?: InputMaybe<Scalars['Boolean']['input']>;
  /** New secret. For a day, deliveries are signed with the previous one, too. `whsec_` and 24 to 64 bytes in base64, as defined by Standard Webhooks. */
  readonly secret?: InputMaybe<Scalars['String']['input']>;
  /** New segments; null for all segments. */
  readonly segmentIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** New address. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a record. */
export type WriteStatus =
  /** It was not stored: see `userErrors`. */
  | 'REJECTED'
  /** It was already stored with the same content. */
  | 'UNCHANGED'
  /** It was stored. */
  | 'WRITTEN';

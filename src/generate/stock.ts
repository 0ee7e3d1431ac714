// The data of a made-up shop: its project, its customers' countries, and its products.
import { faker as german } from "@faker-js/faker/locale/de";
import { faker as english } from "@faker-js/faker/locale/en";
import { faker as british } from "@faker-js/faker/locale/en_GB";
import { faker as spanish } from "@faker-js/faker/locale/es";
import { faker as french } from "@faker-js/faker/locale/fr";
import { faker as italian } from "@faker-js/faker/locale/it";
import { faker as polish } from "@faker-js/faker/locale/pl";

/** The project's definition. */
export const shopProject = {
  timezone: "Europe/Warsaw",
  currency: "USD",
  metadataSchema: {
    plan: "string",
    age: "number",
    vip: "boolean",
    renewal: "date",
    tags: "string[]",
    score: "number",
  },
  eventSchemas: {
    "page viewed": { url: "string", seconds: "number", mobile: "boolean" },
    search: { words: "string", results: "number" },
    login: { method: "string", mobile: "boolean" },
    checkout: { value: "number", coupon: "string", mobile: "boolean" },
    "review written": { stars: "number", topics: "string[]" },
  },
  consents: ["newsletter", "sms", "profiling"],
  campaigns: {
    gift_cards: ["Xmas", "Birthday"],
    loyalty: ["Club", "Partners"],
    referrals: ["Bring a friend", "Summer"],
    discounts: ["Spring", "Autumn"],
  },
} as const;

/** The customers' countries, with their weights; a `#` is any digit. */
export const countries = [
  {
    weight: 34,
    country: "PL",
    cities: ["Warsaw", "Kraków", "Łódź", "Wrocław", "Gdańsk"],
    people: polish,
    mail: "example.pl",
    call: "+48 6## ### ###",
    postalCode: "##-###",
  },
  {
    weight: 24,
    country: "GB",
    cities: ["London", "Manchester", "Leeds", "Bristol", "Glasgow"],
    people: british,
    mail: "example.co.uk",
    call: "+44 7### ######",
    postalCode: "LS# #AB",
  },
  {
    weight: 14,
    country: "US",
    cities: ["New York", "Chicago", "Austin", "Seattle", "Boston"],
    people: english,
    mail: "example.com",
    call: "+1 555 ### ####",
    postalCode: "#####",
  },
  {
    weight: 12,
    country: "DE",
    cities: ["Berlin", "Hamburg", "Munich", "Cologne", "Leipzig"],
    people: german,
    mail: "example.de",
    call: "+49 15# #######",
    postalCode: "#####",
  },
  {
    weight: 8,
    country: "FR",
    cities: ["Paris", "Lyon", "Marseille", "Lille", "Nantes"],
    people: french,
    mail: "example.fr",
    call: "+33 6 ## ## ## ##",
    postalCode: "#####",
  },
  {
    weight: 5,
    country: "ES",
    cities: ["Madrid", "Sevilla", "Málaga", "Valencia", "Bilbao"],
    people: spanish,
    mail: "example.es",
    call: "+34 6## ### ###",
    postalCode: "#####",
  },
  {
    weight: 3,
    country: "IT",
    cities: ["Rome", "Milan", "Turin", "Naples", "Bologna"],
    people: italian,
    mail: "example.it",
    call: "+39 3## ### ####",
    postalCode: "#####",
  },
] as const;

/** The products. Prices are in cents; the weight is how often a product is bought. */
export const products = [
  { weight: 5, product_id: "p13", sku: "LAMP", name: "Desk lamp", price: 3_490 },
  { weight: 3, product_id: "p14", sku: "CHAIR", name: "Office chair", price: 18_900 },
  { weight: 2, product_id: "p15", sku: "DESK", name: "Standing desk, 140 cm", price: 44_900 },
  { weight: 9, product_id: "p16", sku: "NOTEBOOK", name: "Notebook, dotted", price: 1_490 },
  { weight: 12, product_id: "p17", sku: "PENS", name: "Pens (12)", price: 990 },
  { weight: 6, product_id: "p18", sku: "DOCK", name: "USB-C dock", price: 15_900 },
  { weight: 7, product_id: "p19", sku: "CAMERA", name: "Webcam 1080p", price: 6_490 },
  { weight: 4, product_id: "p20", sku: "PRINTER", name: "Laser printer", price: 21_900 },
  { weight: 4, product_id: "p1", sku: "MBA-13", name: "MacBookAir 13", price: 109_900 },
  { weight: 3, product_id: "p2", sku: "MBA-15", name: "MacBookAir 15", price: 129_900 },
  { weight: 10, product_id: "p3", sku: "CASE-13", name: "Case for MacBookAir 13", price: 3_900 },
  { weight: 6, product_id: "p4", sku: "PHONE-17", name: "iPhone 17", price: 79_900 },
  { weight: 14, product_id: "p5", sku: "CABLE-C", name: "USB-C cable, 2 m", price: 1_900 },
  { weight: 10, product_id: "p6", sku: "CHARGER", name: "Charger 65 W", price: 4_500 },
  { weight: 9, product_id: "p7", sku: "MOUSE", name: "Wireless mouse", price: 2_950 },
  { weight: 7, product_id: "p8", sku: "KEYBOARD", name: "Keyboard (ISO)", price: 7_900 },
  { weight: 5, product_id: "p9", sku: "SCREEN-27", name: '27" screen', price: 32_900 },
  { weight: 8, product_id: "p10", sku: "HEADSET", name: "Headset", price: 5_990 },
  { weight: 8, product_id: "p11", sku: "BAG", name: "Laptop bag", price: 4_990 },
  { weight: 16, product_id: "p12", sku: "MUG", name: 'Mug "Hello"', price: 1_250 },
] as const;

/** Coupon codes. */
export const coupons = ["WELCOME10", "SPRING", "FREESHIP"] as const;

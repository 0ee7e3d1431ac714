// Guesses a mapping of customers by the names of a file's columns.
import { normaliseText } from "../../../plan/text.js";
import type { CustomersMapping } from "../mapping-of-customers.js";
import { isOfRecord, mayBeOfRecord } from "./record-headings.js";

/** What tools call the columns whose interface is in German, French, Spanish, Italian, Dutch or Polish. */
const abroad = {
  name: ["vollständiger name", "nom complet", "nombre completo", "nome completo", "naam", "imię i nazwisko"],
  firstName: ["vorname", "prénom", "prenom", "nombre", "nome", "voornaam", "imię"],
  lastName: ["nachname", "nom", "apellido", "apellidos", "cognome", "achternaam", "nazwisko"],
  email: [
    "e mail adresse",
    "adresse e mail",
    "adresse email",
    "courriel",
    "correo electrónico",
    "correo",
    "indirizzo email",
    "e mailadres",
    "adres e mail",
  ],
  phone: [
    "telefon",
    "telefonnummer",
    "téléphone",
    "teléfono",
    "telefono",
    "telefoonnummer",
    "numer telefonu",
  ],
  birthdate: [
    "geburtstag",
    "geburtsdatum",
    "date de naissance",
    "fecha de nacimiento",
    "data di nascita",
    "geboortedatum",
    "data urodzenia",
  ],
  city: ["stadt", "ort", "ville", "ciudad", "città", "plaats", "miasto"],
  postalCode: ["plz", "postleitzahl", "code postal", "código postal", "cap", "postcode", "kod pocztowy"],
  country: ["land", "pays", "país", "paese", "kraj"],
} as const;

const emailsInEnglish: readonly string[] = [
  "email",
  "e mail",
  "email address",
  "e mail address",
  "customer email",
  "primary email",
  "mail",
];

/** The common names of columns in lists of customers (`headerWords`), by the part of a profile. */
const commonNames = {
  sourceId: ["source id", "customer id", "customer number", "user id", "id"],
  name: ["name", "full name", "customer name", "contact name", "customer", ...abroad.name],
  email: [...emailsInEnglish, ...abroad.email],
  phone: [
    "phone",
    "phone number",
    "telephone",
    "mobile",
    "mobile phone",
    "mobile phone number",
    "mobile number",
    ...abroad.phone,
  ],
  createdAt: [
    "created at",
    "created",
    "create date",
    "created date",
    "date created",
    "date added",
    "customer since",
    "signup date",
    "signed up",
    "registered",
    "date registered",
  ],
  birthdate: ["birthdate", "birthday", "birth date", "date of birth", "dob", ...abroad.birthdate],
  city: ["city", "town", "address city", "default address city", ...abroad.city],
  state: ["state", "region", "province", "county", "state region", "default address province"],
  postalCode: [
    "postal code",
    "postcode",
    "zip",
    "zip code",
    "zip postal code",
    "default address zip",
    ...abroad.postalCode,
  ],
  country: ["country", "country code", "country region", "default address country code", ...abroad.country],
  consents: ["consents"],
} as const satisfies Partial<Record<keyof CustomersMapping["columns"], readonly string[]>>;

const firstNames = ["first name", "firstname", "given name", "forename", ...abroad.firstName];
const lastNames = ["last name", "lastname", "surname", "family name", ...abroad.lastName];
/** The last name beside a first name alone, as in German and Dutch; else the whole name. */
const lastOrWholeNames: readonly string[] = ["name", "naam"];

/** Headings of metadata that is a list. */
const lists: ReadonlySet<string> = new Set([
  ...["tags", "customer tags", "labels", "interests", "hobbies", "keywords", "groups", "lists"],
  ...["schlagwörter", "interessen", "étiquettes", "etiquetas", "intereses", "etichette", "interessi", "tagi"],
  ...["etykiety", "zainteresowania"],
]);

/** Headings of French lists, in which `nombre` is a count; in others it is a Spanish first name. */
const french: readonly string[] = [
  ...["prénom", "prenom", "nom", "nom complet", "courriel", "adresse e mail", "adresse email", "téléphone"],
  ...["date de naissance", "ville", "code postal", "pays"],
];

/** Headings that mean something else in another language (a limit in English), with those that show which one it is. */
const besides: Readonly<Record<string, readonly string[]>> = {
  cap: [
    "nome",
    "nome completo",
    "cognome",
    "indirizzo email",
    "telefono",
    "data di nascita",
    "città",
    "provincia",
    "paese",
  ],
};

/**
 * A mapping by the columns' names. Without a column of ids, the e-mail address is the id; unrecognised columns become metadata, so
 * that nothing is lost; so does a column `source`, whose words need not be those of the project's sources. It lacks `columns.sourceId` if no column identifies customers.
 */
export function guessedMapping(header: readonly string[]): Readonly<Record<string, unknown>> {
  const byWords = new Map(header.toReversed().map((name) => [headerWords(name), name]));
  const used = new Set<string>();
  const isMeant = (name: string): boolean =>
    name === "nombre"
      ? !french.some((other) => byWords.has(other))
      : (besides[name]?.some((other) => byWords.has(other)) ?? true);
  const has = (names: readonly string[]): boolean => names.some((name) => byWords.has(name) && isMeant(name));
  const take = (names: readonly string[]): string | undefined => {
    const found = names
      .filter(isMeant)
      .map((name) => byWords.get(name))
      .find((name) => name !== undefined && !used.has(name));
    if (found !== undefined) used.add(found);
    return found;
  };
  const parts: Record<string, unknown> = {};
  const isLast = (name: string): boolean =>
    lastOrWholeNames.includes(name) && has(abroad.firstName) && !has(lastNames);
  for (const [part, names] of Object.entries(commonNames)) {
    const name = take(names.filter((each) => !isLast(each)));
    if (name !== undefined) parts[part] = part === "consents" ? { column: name, listSeparator: "any" } : name;
  }
  if (parts.name === undefined) {
    const names = [take(firstNames), take([...lastNames, ...lastOrWholeNames])].filter(
      (name) => name !== undefined,
    );
    if (names.length > 0) parts.name = { join: names };
  }
  const { sourceId = parts.email, ...others } = parts;
  const isByMail = parts.sourceId === undefined && sourceId !== undefined;
  const rest = header.filter(
    (name, at) =>
      name !== "" &&
      !used.has(name) &&
      header.findIndex((other) => normaliseText(other) === normaliseText(name)) === at,
  );
  const isList = (name: string): boolean => lists.has(headerWords(name));
  return {
    columns: { ...(sourceId === undefined ? {} : { sourceId }), ...others },
    ...(rest.length === 0
      ? {}
      : {
          metadata: Object.fromEntries(
            rest.map((name) => [
              name,
              { column: name, ...(isList(name) ? { mayBeList: true, listSeparator: "any" } : {}) },
            ]),
          ),
        }),
    ...(isByMail ? { lowerCaseSourceId: true } : {}),
    ignoreLackingColumns: true,
  };
}

/**
 * True if the columns are those of a list of customers: who they are, something else about them, and nothing of a record. Beside an
 * e-mail address that is called so in English, any other columns are something about the customer.
 */
export function isListOfCustomers(header: readonly string[]): boolean {
  const { columns } = guessedMapping(header) as Pick<CustomersMapping, "columns">;
  const words = header.map(headerWords);
  const hasProfile = Object.keys(columns).some(
    (part) => !["sourceId", "email", "source", "createdAt"].includes(part),
  );
  const isOfMail =
    columns.email !== undefined &&
    words.some((name) => emailsInEnglish.includes(name)) &&
    header.length > 1 &&
    !words.some(mayBeOfRecord);
  return (
    (hasProfile ? columns.email !== undefined || columns.sourceId !== undefined : isOfMail) &&
    !words.some(isOfRecord)
  );
}

/** A column's name in lower case, with its words separated by spaces. */
function headerWords(name: string): string {
  return normaliseText(name.replace(/[\s_.,:/()-]+/g, " "));
}

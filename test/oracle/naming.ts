// The many ways to name an attribute, a property or an event: a canonical name, with spaces for dots, a phrase, a bare key,
// backticks.
import { attributes, orderProperties, reservedWords } from "./attributes.js";
import type { Choices } from "./choices.js";
import type { Project } from "./folder.js";
import type { Subject } from "./tree.js";
import { anyCase, canStandBare, quoted } from "./wording.js";

const noise = ["", "", "", "the ", "a ", "an ", "customer ", "customers ", "customer's ", "the customer's "];
const simpleKey = /^[A-Za-z][A-Za-z0-9_]*$/;

/** The subject as words, noise and all. `campaign` is among them if the subject narrows. */
export function writeSubject(subject: Subject, project: Project, choices: Choices): string {
  const { attribute, key = "", event } = subject;
  const name =
    attribute === "metadata"
      ? writeKey(subject, project, choices)
      : attribute === "property"
        ? choices.pick(propertyForms(key, Object.keys(project.eventSchemas[event ?? ""] ?? {}), choices))
        : event === undefined
          ? writeName(subject, choices)
          : anyCase(attribute, choices);
  return `${writeNoise(choices)}${name}${writeCampaign(subject, project, choices)}`;
}

/** An attribute as another one is compared with it: by its canonical name, without noise. */
export function writeAnother(subject: Subject, project: Project, choices: Choices): string {
  const { attribute, key = "" } = subject;
  const name =
    attribute === "metadata"
      ? `metadata.${simpleKey.test(key) ? cased(key, Object.keys(project.metadataSchema), choices) : `\`${key}\``}`
      : anyCase(attribute, choices);
  return `${name}${writeCampaign(subject, project, choices)}`;
}

/** Words before an attribute or an event that mean nothing, most often none. */
export function writeNoise(choices: Choices): string {
  return anyCase(choices.pick(noise), choices);
}

/** The name in any case, if no other name differs from it by case alone. */
function cased(name: string, names: readonly string[], choices: Choices): string {
  const shared = names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase());
  return shared || !/^[ -~]*$/.test(name) ? name : anyCase(name, choices);
}

/** An event's property between backticks or, where it can't be read otherwise, without. */
function propertyForms(key: string, keys: readonly string[], choices: Choices): string[] {
  const words = key.split(" ");
  const forms = [`\`${key}\``];
  if (words.every((word) => simpleKey.test(word) && !reservedWords.has(word.toLowerCase()))) {
    const name = cased(key, keys, choices);
    forms.push(name, name);
    if (key.includes("_")) forms.push(name.replaceAll("_", " "));
  }
  return forms;
}

/** The property that a measure aggregates: a name that is written like a value. */
export function writeMeasured(subject: Subject, project: Project, choices: Choices): string {
  const { attribute, key = "", event = "" } = subject;
  if (attribute === "metadata") return writeValue(`metadata.${key}`, choices);
  if (attribute !== "property") return writeValue(anyCase(attribute, choices), choices);
  return writeValue(cased(key, Object.keys(project.eventSchemas[event] ?? {}), choices), choices);
}

/** The event's name, at times with noise before it. */
export function writeEvent(event: string, project: Project, choices: Choices): string {
  const names = [...Object.keys(project.eventSchemas), "order"];
  const name = cased(event, names, choices);
  // The word of the language that is a name here.
  const written = event === "order" && choices.chance(70) ? name : writeValue(name, choices);
  const isQuoted = /^["']/.test(written);
  return isQuoted
    ? written
    : `${anyCase(choices.pick(["", "", "", "the ", "a ", "an "]), choices)}${written}`;
}

function writeValue(name: string, choices: Choices): string {
  return canStandBare(name, true) && choices.chance(70) ? name : quoted(name, choices);
}

function writeName(subject: Subject, choices: Choices): string {
  const attribute = attributes.find((one) => one.name === subject.attribute);
  const phrases = attribute?.phrases ?? [];
  const name = subject.attribute;
  const spaced = [name, name.replaceAll(".", " "), name.replaceAll("_", " "), name.replace(/[._]/g, " ")];
  return anyCase(
    phrases.length > 0 && choices.chance(60) ? choices.pick(phrases) : choices.pick(spaced),
    choices,
  );
}

function writeKey({ key = "", event }: Subject, project: Project, choices: Choices): string {
  const schema = event === undefined ? project.metadataSchema : project.orderMetadataSchema;
  const name = cased(key, Object.keys(schema), choices);
  const isUnique = !hasOtherMeaning(key, event);
  const forms = [`${anyCase("metadata", choices)}.\`${key}\``];
  if (isUnique) forms.push(`\`${key}\``);
  if (simpleKey.test(key)) {
    forms.push(`${anyCase("metadata", choices)}.${name}`);
    if (!reservedWords.has(key.toLowerCase())) forms.push(`metadata ${name}`);
    if (key.includes("_")) forms.push(`metadata ${name.replaceAll("_", " ")}`);
    if (isUnique) forms.push(name, name);
  }
  return choices.pick(forms);
}

/** Whether the bare key is a word of the language or names something else. */
function hasOtherMeaning(key: string, event: string | undefined): boolean {
  const name = key.toLowerCase();
  if (reservedWords.has(name)) return true;
  if (event !== undefined) return orderProperties.has(name);
  return attributes.some((attribute) => attribute.name === name || attribute.phrases.includes(name));
}

function writeCampaign(subject: Subject, project: Project, choices: Choices): string {
  const { campaign } = subject;
  if (campaign === undefined) return "";
  const all = Object.values(project.campaigns).flat();
  const shared = all.some((other) => other !== campaign && other.toLowerCase() === campaign.toLowerCase());
  const name = shared || !choices.chance(30) ? campaign : campaign.toUpperCase();
  return ` ${anyCase("in campaign", choices)} "${name.replace(/[\\"]/g, "\\$&")}"`;
}

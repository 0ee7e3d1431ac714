// The many ways to name one attribute: its canonical name, with spaces for dots, a phrase, a bare metadata key, backticks.
import { attributes, reservedWords } from "./attributes.js";
import type { Choices } from "./choices.js";
import { type Subject } from "./tree.js";
import { anyCase } from "./wording.js";
import type { Project } from "./world.js";

const noise = ["", "", "", "the ", "a ", "an ", "customer ", "customers ", "customer's ", "the customer's "];
const simpleKey = /^[A-Za-z][A-Za-z0-9_]*$/;

/** The subject as words, noise and all. `campaign` is among them where the subject narrows. */
export function writeSubject(subject: Subject, project: Project, choices: Choices): string {
  const name =
    subject.attribute === "metadata"
      ? writeKey(subject.key ?? "", project, choices)
      : writeName(subject, choices);
  return `${anyCase(choices.pick(noise), choices)}${name}${writeCampaign(subject, project, choices)}`;
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

function writeKey(key: string, project: Project, choices: Choices): string {
  const keys = Object.keys(project.metadataSchema);
  const shared = keys.filter((other) => other.toLowerCase() === key.toLowerCase()).length > 1;
  const cased = (words: string): string => (shared ? words : anyCase(words, choices));
  const forms = [`${anyCase("metadata", choices)}.\`${key}\``];
  if (!hasOtherMeaning(key)) forms.push(`\`${key}\``);
  if (simpleKey.test(key)) {
    forms.push(`${anyCase("metadata", choices)}.${cased(key)}`);
    if (!reservedWords.has(key.toLowerCase())) forms.push(`metadata ${cased(key)}`);
    if (key.includes("_")) forms.push(`metadata ${cased(key.replaceAll("_", " "))}`);
    if (!hasOtherMeaning(key)) forms.push(cased(key), cased(key));
  }
  return choices.pick(forms);
}

/** Whether the bare key is a word of the language or names something else. */
function hasOtherMeaning(key: string): boolean {
  const name = key.toLowerCase();
  return (
    reservedWords.has(name) ||
    attributes.some((attribute) => attribute.name === name || attribute.phrases.includes(name))
  );
}

function writeCampaign(subject: Subject, project: Project, choices: Choices): string {
  const { campaign } = subject;
  if (campaign === undefined) return "";
  const all = Object.values(project.campaigns).flat();
  const shared = all.some((other) => other !== campaign && other.toLowerCase() === campaign.toLowerCase());
  const name = shared || !choices.chance(30) ? campaign : campaign.toUpperCase();
  return ` ${anyCase("in campaign", choices)} "${name.replace(/[\\"]/g, "\\$&")}"`;
}

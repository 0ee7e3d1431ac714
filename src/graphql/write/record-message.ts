// What is wrong with a record, as the API reports it: in sentences, and with the input's names for its parts. No class of the
// schema is here, because the command line reads this, too.

/** The source's metadata, which records keep source by source. */
const sourceMetadataFields: Readonly<Record<string, string>> = {
  "mailchimp.list": "mailchimpList",
  "intercom.type": "intercomType",
  "web_widget.id": "webWidgetId",
};

/** Fields of records that inputs call otherwise. */
const recordFields: Readonly<Record<string, string>> = { id: "sourceId", referee: "refereeSourceId" };

/** The path to the part of the input that a reason is about: it begins with the part's own path, in backticks. */
export function recordField(reason: string): readonly string[] {
  const part = /^`([^`]+)`/.exec(reason)?.[1];
  return part === undefined ? [] : inputPath(part);
}

/** The reason as a sentence. Reasons begin small, since other doors put the record's place before them. */
export function recordMessage(reason: string): string {
  const spelled = reason.replaceAll(/`([^`]+)`/g, (_, part: string) => `\`${inputPath(part).join(".")}\``);
  const text = spelled.charAt(0).toUpperCase() + spelled.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The path to a part of a record, as `address.postal_code`, in the inputs' spelling. */
function inputPath(path: string): readonly string[] {
  const [first, ...rest] = path.split(".");
  if (rest.length === 0 && recordFields[first!] !== undefined) return [recordFields[first!]!];
  // These keys are the project's.
  if (first === "metadata" || first === "properties") return [first, ...rest];
  if (first === "source_metadata")
    return [
      "sourceMetadata",
      ...(rest.length === 0 ? [] : [sourceMetadataFields[rest.join(".")] ?? rest[0]!]),
    ];
  return [first!, ...rest].map((part) => part.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase()));
}

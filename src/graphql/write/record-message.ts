// The messages about invalid records, as the API reports them: in sentences, with the input's names of fields. It imports no
// class of the schema, because the command line uses it, too.

/** The input fields of a source's metadata, by their paths in records. */
const sourceMetadataFields: Readonly<Record<string, string>> = {
  "mailchimp.list": "mailchimpList",
  "intercom.type": "intercomType",
  "web_widget.id": "webWidgetId",
};

/** Fields of records with another name in inputs. */
const recordFields: Readonly<Record<string, string>> = { id: "sourceId", referee: "refereeSourceId" };

/** The path to the part of the input that a reason is about. The reason begins with the path in the record, in backticks. */
export function recordField(reason: string): readonly string[] {
  const part = /^`([^`]+)`/.exec(reason)?.[1];
  return part === undefined ? [] : inputPath(part);
}

/** The reason as a sentence. Reasons begin in lower case, since other interfaces put the record's place before them. */
export function recordMessage(reason: string): string {
  const spelled = reason.replaceAll(/`([^`]+)`/g, (_, part: string) => `\`${inputPath(part).join(".")}\``);
  const text = spelled.charAt(0).toUpperCase() + spelled.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The path to a part of a record, as `address.postal_code`, in the inputs' naming. */
function inputPath(path: string): readonly string[] {
  const [first, ...rest] = path.split(".");
  if (rest.length === 0 && recordFields[first!] !== undefined) return [recordFields[first!]!];
  // Metadata keys belong to the project, and are not renamed.
  if (first === "metadata" || first === "properties") return [first, ...rest];
  if (first === "source_metadata")
    return [
      "sourceMetadata",
      ...(rest.length === 0 ? [] : [sourceMetadataFields[rest.join(".")] ?? rest[0]!]),
    ];
  return [first!, ...rest].map((part) => part.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase()));
}

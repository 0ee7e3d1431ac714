// The template of a message: its subject, its body, and the fields that can be put into the body by a click.
import { type ReactNode, useRef } from "react";
import { messageStrings } from "../en-messages.js";
import { Field, Labelled } from "../parts/Field.js";
import type { Submission } from "../parts/useMistakes.js";
import { useProject } from "../shell/project.js";
import { type DistributionDraft, templateFields } from "./draft.js";

interface Props {
  readonly draft: DistributionDraft;
  readonly set: (changes: Partial<DistributionDraft>) => void;
  readonly form: Submission;
}

/** How many fields are offered; docs/messages.md lists all. */
const mostOffered = 12;

/** The fields of the form. */
export function TemplateFields({ draft, set, form }: Props): ReactNode {
  const { names } = useProject();
  const area = useRef<HTMLTextAreaElement>(null);
  const { form: words } = messageStrings;
  const isEmail = draft.channel === "EMAIL";
  const insert = (field: string): void => {
    const { current } = area;
    if (current === null) return;
    current.focus();
    const written = `{{ ${field} }}`;
    const { selectionStart, selectionEnd } = current;
    set({ body: draft.body.slice(0, selectionStart) + written + draft.body.slice(selectionEnd) });
    const caret = selectionStart + written.length;
    // Once the new text is in the field.
    requestAnimationFrame(() => current.setSelectionRange(caret, caret));
  };
  return (
    <>
      {isEmail ? (
        <Field
          label={words.subject}
          required
          value={draft.subject}
          onValue={(subject) => set({ subject })}
          mistake={form.at("template.subject")}
        />
      ) : null}
      <Labelled
        label={words.body}
        hint={isEmail ? words.bodyEmail : words.bodyWebhook}
        mistake={form.at("template.body")}
      >
        {(attributes) => (
          <textarea
            ref={area}
            className="field template-body"
            required
            rows={6}
            spellCheck
            {...attributes}
            value={draft.body}
            onChange={({ target }) => set({ body: target.value })}
          />
        )}
      </Labelled>
      <div className="tags">
        {templateFields(draft, names)
          .slice(0, mostOffered)
          .map((field) => (
            <button
              key={field}
              type="button"
              className="button button-small template-field"
              onClick={() => insert(field)}
            >
              {field}
            </button>
          ))}
      </div>
    </>
  );
}

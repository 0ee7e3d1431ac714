// What a part of the sentence is, under the pointer.
import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import type { Language } from "../connection.js";
import { partAt, seenField } from "./marks.js";

/** Says what the attribute, operator or event under the pointer is. */
export function sentenceHover(language: Language, asOf: () => number): Extension {
  return hoverTooltip(
    async (view, position) => {
      const part = partAt(view.state, position);
      const { analysis } = view.state.field(seenField);
      if (part === undefined || analysis === undefined || part.role === "value") return null;
      const isMistaken = analysis.diagnostics.some(
        ({ span }) => span.start <= position && position <= span.end,
      );
      if (isMistaken) return null;
      const suggestions = await language.suggest(analysis.text, part.to, asOf(), 10, []);
      const described = suggestions.find(({ replace, insert }) => {
        const isSame = insert.trim().toLowerCase() === part.text.toLowerCase();
        return replace.start === part.from && (isSame || part.role === "attribute");
      });
      const documentation = described?.documentation;
      if (documentation === undefined) return null;
      return {
        pos: part.from,
        end: part.to,
        above: true,
        create: () => ({ dom: card(part.attribute ?? part.text, documentation) }),
      };
    },
    { hoverTime: 500 },
  );
}

function card(name: string, documentation: string): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "q-hover";
  const title = document.createElement("strong");
  title.textContent = name;
  const text = document.createElement("span");
  text.textContent = documentation;
  dom.append(title, text);
  return dom;
}

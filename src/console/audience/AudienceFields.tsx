// The fields of a form for an audience: a sentence in the editor, segments, and how many customers there are.
import { type ReactNode, useState } from "react";
import { SentenceEditor } from "../explore/SentenceEditor.js";
import type { Analysis } from "../language/protocol.js";
import { AudienceCount } from "./AudienceCount.js";
import { audienceOf, type ChosenSegment, sentenceOf } from "./audience.js";
import { SegmentChoices } from "./SegmentChoices.js";

export interface AudienceDraft {
  readonly query: string;
  /** Of the query, or of an earlier text; undefined before the first. */
  readonly analysis: Analysis | undefined;
  readonly segments: readonly ChosenSegment[];
}

/** The draft of an audience that is saved, or of everyone. */
export function audienceDraft(query = "", segments: readonly ChosenSegment[] = []): AudienceDraft {
  return { query, analysis: undefined, segments };
}

/** True if the sentence has no mistakes, as far as it is known. */
export function isValidAudience({ query, analysis }: AudienceDraft): boolean {
  return query.trim() === "" || (analysis?.text === query && analysis.valid);
}

/** The sentence of a draft as it is saved. */
export function savedSentence({ query, analysis }: AudienceDraft): string {
  return sentenceOf(query, analysis);
}

interface Props {
  readonly draft: AudienceDraft;
  readonly onChange: (change: (draft: AudienceDraft) => AudienceDraft) => void;
  readonly label: string;
  /** The server's mistake in the sentence. */
  readonly mistake: string | undefined;
  readonly says: (count: string) => string;
}

/** The fields. */
export function AudienceFields({ draft, onChange, label, mistake, says }: Props): ReactNode {
  const { query, analysis, segments } = draft;
  const [given] = useState({ text: query, turn: 0 });
  const isValid = isValidAudience(draft);
  return (
    <>
      <div className="labelled">
        <span aria-hidden="true">{label}</span>
        <div className="sentence-field">
          <SentenceEditor
            given={given}
            asOf={undefined}
            label={label}
            onText={(text) => onChange((before) => ({ ...before, query: text }))}
            onAnalysis={(found) => onChange((before) => ({ ...before, analysis: found }))}
          />
        </div>
        {isValid || analysis === undefined ? null : (
          <span className="problem">{analysis.diagnostics[0]?.message}</span>
        )}
        {mistake === undefined ? null : (
          <span className="problem" role="alert">
            {mistake}
          </span>
        )}
      </div>
      <SegmentChoices
        segments={segments}
        onChange={(chosen) => onChange((before) => ({ ...before, segments: chosen }))}
      />
      <AudienceCount query={isValid ? audienceOf(query, segments) : undefined} says={says} />
    </>
  );
}

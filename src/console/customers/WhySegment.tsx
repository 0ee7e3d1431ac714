// Why a customer is in a segment or not, for a segment that the reader picks.
import { type ReactNode, useState } from "react";
import { useAnswer } from "../data/answer.js";
import { WhyDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { Section } from "../parts/Page.js";
import { Skeleton } from "../parts/states.js";
import { Why } from "../parts/Why.js";
import { useProject } from "../shell/project.js";

/** The section; nothing if no segment has a sentence. */
export function WhySegment({ customerId }: { readonly customerId: string }): ReactNode {
  const { names } = useProject();
  const segments = names.segments.filter(({ query, archived }) => query !== undefined && !archived);
  const [chosen, setChosen] = useState("");
  const query = segments.find(({ id }) => id === chosen)?.query;
  const answer = useAnswer(WhyDocument, query === undefined ? undefined : { query, asOf: null, customerId });
  if (segments.length === 0) return null;
  return (
    <Section title={strings.why.segment}>
      <select
        className="field"
        aria-label={strings.why.segment}
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
      >
        <option value="">{strings.why.chooseSegment}</option>
        {segments.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {query === undefined ? null : answer.data === undefined && answer.failure === undefined ? (
        <Skeleton lines={4} />
      ) : (
        <Why answer={answer} />
      )}
    </Section>
  );
}

// The systems that send their customers and orders, and the web widget.
import "../styles/sources.css";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAnswer, useLive } from "../data/answer.js";
import { strings } from "../en.js";
import { sourceStrings } from "../en-sources.js";
import { Sheet } from "../parts/overlays.js";
import { Page, Section } from "../parts/Page.js";
import { EmptyNote, FailureNote, Skeleton, SlowNote } from "../parts/states.js";
import { PublicKeysDocument, SourcesDocument } from "./generated.js";
import { SourceCard } from "./SourceCard.js";
import { SourceForm } from "./SourceForm.js";
import { Widget } from "./Widget.js";

/** The page. */
export function SourcesPage(): ReactNode {
  const answer = useAnswer(SourcesDocument, {});
  const keys = useAnswer(PublicKeysDocument, {});
  const sources = answer.data?.sources.nodes;
  // Deliveries arrive by themselves.
  useLive(answer, sources !== undefined && sources.length > 0);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const { list, form } = sourceStrings;
  return (
    <Page
      title={strings.nav.sources}
      actions={
        <button type="button" className="button button-main" onClick={() => setOpen(true)}>
          <Plus size={15} aria-hidden="true" /> {list.connect}
        </button>
      }
    >
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {sources === undefined || (keys.data === undefined && keys.failure === undefined) ? (
        answer.failure === undefined && <Skeleton lines={6} />
      ) : (
        <>
          <Section title={list.title}>
            {sources.length === 0 ? <EmptyNote title={list.none} more={list.noneMore} /> : null}
            <ul className="cards">
              {sources.map((source) => (
                <SourceCard key={source.id} source={source} onChanged={answer.retry} />
              ))}
            </ul>
          </Section>
          <Widget keys={keys.data?.apiKeys.nodes} />
        </>
      )}
      <Sheet title={form.title} isOpen={isOpen} onClose={close}>
        <SourceForm onClose={close} onSaved={answer.retry} />
      </Sheet>
    </Page>
  );
}

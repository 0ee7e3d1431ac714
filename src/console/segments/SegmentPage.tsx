// A segment: its query, its members, its growth, and its transitions.
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Compass, Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useAnswer } from "../data/answer.js";
import { change } from "../data/client.js";
import {
  DeleteSegmentDocument,
  SegmentDocument,
  type SegmentQuery,
  UpdateSegmentDocument,
} from "../data/generated.js";
import { exportMembers } from "../data/jobs.js";
import { strings } from "../en.js";
import { Transitions } from "../feed/Transitions.js";
import { ExportButton } from "../parts/ExportButton.js";
import { formatAgo, formatCount } from "../parts/format.js";
import { Sheet } from "../parts/overlays.js";
import { Page } from "../parts/Page.js";
import { EmptyNote, FailureNote, LoadingPage, SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { EditSegment } from "./EditSegment.js";
import { Growth } from "./Growth.js";
import { Members } from "./Members.js";
import { SegmentState } from "./SegmentsPage.js";
import { readSegmentTab, segmentTabs } from "./tabs.js";

type Segment = NonNullable<SegmentQuery["segment"]>;

/** The page of the segment that the address names. */
export function SegmentPage(): ReactNode {
  const { id } = useParams({ from: "/segments/$id" });
  const answer = useAnswer(SegmentDocument, { id });
  const { data, failure, retry } = answer;
  if (failure !== undefined) return <FailureNote failure={failure} retry={retry} />;
  if (data === undefined || (data.segment !== null && data.segment.id !== id)) {
    return (
      <>
        <SlowNote answer={answer} />
        <LoadingPage />
      </>
    );
  }
  if (data.segment === null) {
    return (
      <EmptyNote title={strings.segments.missing}>
        <Link to="/segments" className="button">
          {strings.nav.segments}
        </Link>
      </EmptyNote>
    );
  }
  return <Shown segment={data.segment} onChanged={retry} />;
}

interface ShownProps {
  readonly segment: Segment;
  readonly onChanged: () => void;
}

function Shown({ segment, onChanged }: ShownProps): ReactNode {
  const [isEditing, setEditing] = useState(false);
  const sentence = segment.query ?? segment.foundBy;
  return (
    <Page
      title={segment.name}
      actions={<Actions segment={segment} onChanged={onChanged} onEdit={() => setEditing(true)} />}
    >
      <section className="segment-head">
        {sentence === null ? (
          <p className="hint">{strings.segments.chosen}</p>
        ) : (
          <p className="segment-sentence">{sentence}</p>
        )}
        <p className="segment-facts">
          <strong>{formatCount(segment.membersCount)}</strong>{" "}
          {strings.explore.customers(segment.membersCount)} · <SegmentState segment={segment} /> ·{" "}
          {strings.segments.changed(formatAgo(segment.updatedAt, Date.now()))}
          {segment.archived ? ` · ${strings.segments.archived}` : ""}
        </p>
        <Relations label={strings.segments.uses} segments={segment.uses.nodes} />
        <Relations label={strings.segments.usedIn} segments={segment.usedIn.nodes} />
        {segment.diagnostics.map(({ code, message, span }) => (
          <p key={`${code} ${span.start}`} className="problem">
            {message}
          </p>
        ))}
      </section>
      <Parts segment={segment} />
      <Sheet title={strings.segments.edit} isOpen={isEditing} onClose={() => setEditing(false)} size="large">
        <EditSegment
          segment={segment}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            onChanged();
          }}
        />
      </Sheet>
    </Page>
  );
}

function Relations({
  label,
  segments,
}: {
  readonly label: string;
  readonly segments: readonly { readonly id: string; readonly name: string }[];
}): ReactNode {
  if (segments.length === 0) return null;
  return (
    <p className="hint">
      {label}{" "}
      {segments.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? "" : ", "}
          <Link to="/segments/$id" params={{ id }}>
            {name}
          </Link>
        </span>
      ))}
    </p>
  );
}

function Parts({ segment }: { readonly segment: Segment }): ReactNode {
  const { tab = "members" } = useSearch({ from: "/segments/$id" });
  const navigate = useNavigate({ from: "/segments/$id" });
  const shown = segment.kind === "STATIC" ? (["members"] as const) : segmentTabs;
  return (
    <Tabs
      className="tabs"
      selectedKey={tab}
      onSelectionChange={(key) => void navigate({ search: readSegmentTab({ tab: key }), replace: true })}
    >
      <TabList className="tab-list" aria-label={segment.name}>
        {shown.map((each) => (
          <Tab key={each} id={each} className="tab">
            {strings.segments.tabs[each]}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="members" className="tab-panel">
        <Members segmentId={segment.id} />
      </TabPanel>
      <TabPanel id="growth" className="tab-panel">
        <Growth segmentId={segment.id} since={Date.parse(segment.createdAt)} name={segment.name} />
      </TabPanel>
      <TabPanel id="feed" className="tab-panel">
        <Transitions segmentIds={[segment.id]} />
      </TabPanel>
    </Tabs>
  );
}

interface ActionsProps extends ShownProps {
  readonly onEdit: () => void;
}

function Actions({ segment, onChanged, onEdit }: ActionsProps): ReactNode {
  const navigate = useNavigate();
  const { refresh } = useProject();
  const [isDeleting, setDeleting] = useState(false);
  const archive = useAction(async (archived: boolean) => {
    refuse((await change(UpdateSegmentDocument, { input: { id: segment.id, archived } })).segmentUpdate);
    await refresh();
    onChanged();
  });
  const remove = useAction(async () => {
    refuse((await change(DeleteSegmentDocument, { id: segment.id })).segmentDelete);
    await refresh();
    await navigate({ to: "/segments" });
  });
  const problem = archive.problem ?? remove.problem;
  const sentence = segment.query ?? segment.foundBy;
  return (
    <>
      {problem === undefined ? null : (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
      {sentence === null ? null : (
        <Link to="/" search={{ q: sentence }} className="button">
          <Compass size={15} aria-hidden="true" /> {strings.segments.explore}
        </Link>
      )}
      <ExportButton
        label={strings.data.exportMembers}
        title={strings.data.exportMembersMore}
        onStart={() => exportMembers(segment.id)}
      />
      <button type="button" className="button" onClick={onEdit}>
        <Pencil size={15} aria-hidden="true" /> {strings.segments.edit}
      </button>
      <button
        type="button"
        className="button"
        disabled={archive.isBusy}
        onClick={() => void archive.run(!segment.archived)}
      >
        {segment.archived ? (
          <ArchiveRestore size={15} aria-hidden="true" />
        ) : (
          <Archive size={15} aria-hidden="true" />
        )}
        {segment.archived ? strings.segments.restore : strings.segments.archive}
      </button>
      <button type="button" className="button button-danger" onClick={() => setDeleting(true)}>
        <Trash2 size={15} aria-hidden="true" /> {strings.segments.delete}
      </button>
      <Sheet
        title={strings.segments.deleteTitle(segment.name)}
        isOpen={isDeleting}
        onClose={() => setDeleting(false)}
      >
        <div className="sheet-body">
          <p>{strings.segments.deleteMore}</p>
          {remove.problem === undefined ? null : <p className="problem">{remove.problem}</p>}
          <div className="popup-actions">
            <button
              type="button"
              className="button button-danger"
              disabled={remove.isBusy}
              onClick={() => void remove.run()}
            >
              {strings.segments.delete}
            </button>
            <button type="button" className="button" onClick={() => setDeleting(false)}>
              {strings.save.cancel}
            </button>
          </div>
        </div>
      </Sheet>
    </>
  );
}

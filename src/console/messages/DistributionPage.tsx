// A distribution: how far it is, who would get it and what, who got it, and what can be done with it.
import "../styles/messages.css";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Ban, Pause, Pencil, Play, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { type Answer, useAnswer, useLive } from "../data/answer.js";
import { change, type Failure } from "../data/client.js";
import { strings } from "../en.js";
import { messageStrings } from "../en-messages.js";
import { formatCount } from "../parts/format.js";
import { Sheet } from "../parts/overlays.js";
import { Page } from "../parts/Page.js";
import { Sure } from "../parts/Sure.js";
import { EmptyNote, FailureNote, LoadingPage, SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { DistributionForm } from "./DistributionForm.js";
import {
  CancelDistributionDocument,
  DeleteDistributionDocument,
  type DistributionDetailsFragment,
  DistributionDocument,
  DistributionReachDocument,
  type DistributionReachQuery,
  PauseDistributionDocument,
  ResumeDistributionDocument,
  StartDistributionDocument,
} from "./generated.js";
import { Preview } from "./Preview.js";
import { ProgressLine } from "./ProgressLine.js";
import { Recipients } from "./Recipients.js";
import { distributionTabs, readDistributionTab } from "./tabs.js";
import { isUnderWay, notSentOf, whenOf } from "./words.js";

/** The page of the distribution that the address names. */
export function DistributionPage(): ReactNode {
  const { id } = useParams({ from: "/messages/$id" });
  const answer = useAnswer(DistributionDocument, { id });
  const { data, failure, retry } = answer;
  const distribution = data?.distribution;
  useLive(answer, distribution != null && isUnderWay(distribution));
  if (distribution === undefined || (distribution !== null && distribution.id !== id)) {
    if (failure !== undefined) return <FailureNote failure={failure} retry={retry} />;
    return (
      <>
        <SlowNote answer={answer} />
        <LoadingPage />
      </>
    );
  }
  if (distribution === null) {
    return (
      <EmptyNote title={messageStrings.page.missing}>
        <Link to="/messages" className="button">
          {strings.nav.messages}
        </Link>
      </EmptyNote>
    );
  }
  return <Shown key={id} distribution={distribution} failure={failure} onChanged={retry} />;
}

interface PartProps {
  readonly distribution: DistributionDetailsFragment;
  readonly onChanged: () => void;
}

interface ShownProps extends PartProps {
  /** Why what is shown could not be read again. */
  readonly failure: Failure | undefined;
}

function Shown({ distribution, failure, onChanged }: ShownProps): ReactNode {
  const { id, progress, problem } = distribution;
  const isOver = distribution.state === "FINISHED" || distribution.state === "CANCELED";
  const { tab = isOver || progress.inDoubt > 0 ? "recipients" : "preview" } = useSearch({
    from: "/messages/$id",
  });
  const navigate = useNavigate({ from: "/messages/$id" });
  const reach = useAnswer(DistributionReachDocument, isOver ? undefined : { id });
  const { page: words, states } = messageStrings;
  return (
    <Page
      title={distribution.name}
      actions={<Actions distribution={distribution} reach={reach} onChanged={onChanged} />}
    >
      {failure === undefined ? null : <FailureNote failure={failure} retry={onChanged} />}
      <section className="segment-head" aria-live="polite">
        <p className="segment-facts">
          <strong>{states[distribution.state]}</strong>
          {progress.total === 0 ? null : <ProgressLine progress={progress} />}
          {progress.planned + progress.sending === 0 ? null : (
            <span>{messageStrings.progress.waiting(progress.planned + progress.sending)}</span>
          )}
          {notSentOf(progress).map((phrase) => (
            <span key={phrase}>{phrase}</span>
          ))}
        </p>
        {problem === null ? null : <p className="problem">{problem}</p>}
      </section>
      <Facts distribution={distribution} />
      <Tabs
        className="tabs"
        selectedKey={tab}
        onSelectionChange={(key) =>
          void navigate({ search: readDistributionTab({ tab: key }), replace: true })
        }
      >
        <TabList className="tab-list" aria-label={distribution.name}>
          {distributionTabs.map((each) => (
            <Tab key={each} id={each} className="tab">
              {words.tabs[each]}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="preview" className="tab-panel">
          <Preview distribution={distribution} reach={reach} />
        </TabPanel>
        <TabPanel id="recipients" className="tab-panel">
          <Recipients distribution={distribution} onChanged={onChanged} />
        </TabPanel>
      </Tabs>
    </Page>
  );
}

function Facts({ distribution }: { readonly distribution: DistributionDetailsFragment }): ReactNode {
  const { names } = useProject();
  const { page: words, channels } = messageStrings;
  const { campaign, url, audience } = distribution;
  return (
    <dl className="facts distribution-facts">
      <div>
        <dt>{words.purpose}</dt>
        <dd>{distribution.purpose}</dd>
      </div>
      <div>
        <dt>{words.audience}</dt>
        <dd>
          <Link to="/" search={{ q: audience }}>
            {audience}
          </Link>
        </dd>
      </div>
      <div>
        <dt>{words.consent}</dt>
        <dd>{distribution.consent}</dd>
      </div>
      <div>
        <dt>{words.when}</dt>
        <dd>{whenOf(distribution, names.timezone)}</dd>
      </div>
      <div>
        <dt>{words.channel}</dt>
        <dd>
          {channels[distribution.channel]}
          {url === null ? "" : `: ${url}`}, {words.rate(distribution.ratePerMinute)}
        </dd>
      </div>
      <div>
        <dt>{words.campaign}</dt>
        <dd>
          {campaign === null ? (
            words.noCampaign
          ) : (
            <Link to="/promotions/$id" params={{ id: campaign.id }}>
              {campaign.name}
            </Link>
          )}
        </dd>
      </div>
    </dl>
  );
}

interface ActionsProps extends PartProps {
  readonly reach: Answer<DistributionReachQuery>;
}

/** A change of the state, by one of the mutations. */
function useChange(
  document: Parameters<
    typeof change<Record<string, { userErrors: readonly { message: string }[] }>, { id: string }>
  >[0],
  id: string,
  onChanged: () => void,
) {
  return useAction(async () => {
    for (const payload of Object.values(await change(document, { id }))) refuse(payload);
    onChanged();
  });
}

function Actions({ distribution, reach, onChanged }: ActionsProps): ReactNode {
  const { id, state, trigger } = distribution;
  const [isEditing, setEditing] = useState(false);
  const navigate = useNavigate();
  const start = useChange(StartDistributionDocument, id, onChanged);
  const pause = useChange(PauseDistributionDocument, id, onChanged);
  const resume = useChange(ResumeDistributionDocument, id, onChanged);
  const cancel = useChange(CancelDistributionDocument, id, onChanged);
  const remove = useChange(DeleteDistributionDocument, id, () => void navigate({ to: "/messages" }));
  const { page: words, form } = messageStrings;
  // A number that is being asked again may be another by now.
  const reachable = reach.isLoading || reach.isStale ? undefined : reach.data?.distribution?.reach.reachable;
  const close = (): void => setEditing(false);
  const problem = pause.problem ?? resume.problem;
  const isBefore = state === "DRAFT";
  const isEnded = state === "FINISHED" || state === "CANCELED";
  return (
    <>
      {problem === undefined ? null : (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
      {isBefore ? (
        <Sure
          action={start}
          sure={
            trigger === "NOW" && reachable !== undefined
              ? words.startSure(formatCount(reachable))
              : words.startAwait
          }
          keep={words.keep}
        >
          {(ask) => (
            <button
              type="button"
              className="button button-main"
              onClick={() => {
                reach.retry();
                ask();
              }}
            >
              <Play size={15} aria-hidden="true" /> {words.start}
            </button>
          )}
        </Sure>
      ) : null}
      {state === "ACTIVE" ? (
        <button type="button" className="button" disabled={pause.isBusy} onClick={() => void pause.run()}>
          <Pause size={15} aria-hidden="true" /> {words.pause}
        </button>
      ) : null}
      {state === "PAUSED" ? (
        <button
          type="button"
          className="button button-main"
          disabled={resume.isBusy}
          onClick={() => void resume.run()}
        >
          <Play size={15} aria-hidden="true" /> {words.resume}
        </button>
      ) : null}
      {isBefore || state === "PAUSED" ? (
        <button type="button" className="button" onClick={() => setEditing(true)}>
          <Pencil size={15} aria-hidden="true" /> {words.edit}
        </button>
      ) : null}
      {state === "ACTIVE" || state === "PAUSED" ? (
        <Sure action={cancel} sure={words.cancelSure} keep={words.keep}>
          {(ask) => (
            <button type="button" className="button" onClick={ask}>
              <Ban size={15} aria-hidden="true" /> {words.cancel}
            </button>
          )}
        </Sure>
      ) : null}
      {isBefore || isEnded ? (
        <Sure action={remove} sure={words.deleteSure} keep={words.keep}>
          {(ask) => (
            <button type="button" className="button button-danger" onClick={ask}>
              <Trash2 size={15} aria-hidden="true" /> {words.delete}
            </button>
          )}
        </Sure>
      ) : null}
      <Sheet title={form.edit(distribution.name)} isOpen={isEditing} onClose={close} size="large">
        <DistributionForm
          distribution={distribution}
          onClose={close}
          onSaved={() => {
            close();
            onChanged();
          }}
        />
      </Sheet>
    </>
  );
}

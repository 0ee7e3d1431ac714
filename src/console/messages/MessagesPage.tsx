// The distributions, each with how far it is.
import "../styles/messages.css";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAnswer, useLive } from "../data/answer.js";
import { strings } from "../en.js";
import { messageStrings } from "../en-messages.js";
import { Sheet } from "../parts/overlays.js";
import { Page } from "../parts/Page.js";
import { EmptyNote, FailureNote, Skeleton, SlowNote } from "../parts/states.js";
import { useProject } from "../shell/project.js";
import { DistributionForm } from "./DistributionForm.js";
import { type DistributionRowFragment, DistributionsDocument } from "./generated.js";
import { ProgressLine } from "./ProgressLine.js";
import { isUnderWay, notSentOf, whenOf } from "./words.js";

/** The page. */
export function MessagesPage(): ReactNode {
  const navigate = useNavigate();
  const answer = useAnswer(DistributionsDocument, {});
  const distributions = answer.data?.distributions.nodes;
  useLive(answer, distributions?.some(isUnderWay) ?? false);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const { list, form } = messageStrings;
  return (
    <Page
      title={strings.nav.messages}
      actions={
        <button type="button" className="button button-main" onClick={() => setOpen(true)}>
          <Plus size={15} aria-hidden="true" /> {list.create}
        </button>
      }
    >
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {distributions === undefined ? (
        answer.failure === undefined && <Skeleton lines={8} />
      ) : distributions.length === 0 ? (
        <EmptyNote title={list.none} more={list.noneMore} />
      ) : (
        <DistributionTable distributions={distributions} />
      )}
      <Sheet title={form.create} isOpen={isOpen} onClose={close} size="large">
        <DistributionForm
          distribution={undefined}
          onClose={close}
          onSaved={(id) => void navigate({ to: "/messages/$id", params: { id } })}
        />
      </Sheet>
    </Page>
  );
}

function DistributionTable({
  distributions,
}: {
  readonly distributions: readonly DistributionRowFragment[];
}): ReactNode {
  const { names } = useProject();
  const { list, states, channels } = messageStrings;
  const { columns } = list;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-frame" tabIndex={0} aria-label={list.rows}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.sent}</th>
            <th scope="col">{columns.notSent}</th>
            <th scope="col">{columns.when}</th>
            <th scope="col">{columns.channel}</th>
          </tr>
        </thead>
        <tbody>
          {distributions.map((distribution) => (
            <tr key={distribution.id}>
              <th scope="row">
                <Link to="/messages/$id" params={{ id: distribution.id }} className="table-link">
                  {distribution.name}
                </Link>
                <span className="table-sub">{distribution.purpose}</span>
              </th>
              <td>
                {states[distribution.state]}
                {distribution.problem === null ? null : (
                  <span className="problem table-sub">{distribution.problem}</span>
                )}
              </td>
              <td>
                <ProgressLine progress={distribution.progress} isShort />
              </td>
              <td>
                <NotSent distribution={distribution} />
              </td>
              <td>{whenOf(distribution, names.timezone)}</td>
              <td>{channels[distribution.channel]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function NotSent({ distribution }: { readonly distribution: DistributionRowFragment }): ReactNode {
  const { progress } = distribution;
  const phrases = notSentOf(progress);
  if (phrases.length === 0) return strings.state.unknown;
  const needsPerson = progress.inDoubt > 0 || progress.failed > 0;
  return <span className={needsPerson ? "problem" : undefined}>{phrases.join(" · ")}</span>;
}

// An import under way, and its result.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { change } from "../data/client.js";
import { CancelJobDocument } from "../data/generated.js";
import { isInProgress, type Job, useJob } from "../data/jobs.js";
import { strings } from "../en.js";
import { formatCount } from "../parts/format.js";
import { useAction } from "../parts/useAction.js";
import { type Reject, readRejects } from "./rejects.js";

interface Props {
  readonly name: string;
  readonly job: Job;
  /** The share of the file that has been sent. */
  readonly sent: number;
  /** Stops the sending. */
  readonly onCancel: () => void;
  readonly onDone: () => void;
  readonly onAnother: () => void;
}

/** Its progress, then its result. */
export function ImportProgress({ name, job: given, sent, onCancel, onDone, onAnother }: Props): ReactNode {
  const job = useJob(given) ?? given;
  const isOver = !isInProgress(job);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (isOver) done.current();
  }, [isOver]);
  const cancel = useAction(async () => {
    onCancel();
    await change(CancelJobDocument, { id: job.id });
  });
  if (!isOver) {
    const { text, share } = progressOf(job, sent);
    return (
      <section className="import-preview" aria-label={strings.data.importing(name)}>
        <h3>{strings.data.importing(name)}</h3>
        <p role="status">{text}</p>
        <progress aria-label={text} {...(share === undefined ? {} : { value: share })} max={1} />
        <div className="popup-actions">
          <button type="button" className="button" disabled={cancel.isBusy} onClick={() => void cancel.run()}>
            {strings.data.cancel}
          </button>
        </div>
      </section>
    );
  }
  return (
    <section className="import-preview" aria-label={name}>
      <h3>{name}</h3>
      {job.importResult === null ? (
        <p className="problem" role="alert">
          {job.state === "CANCELED"
            ? strings.data.importCanceled
            : (job.problem ?? strings.data.importFailed)}
        </p>
      ) : (
        <Result result={job.importResult} />
      )}
      {job.files.map(({ path }) => (
        <Rejects key={path} path={path} count={job.importResult?.rejected ?? 0} />
      ))}
      <div className="popup-actions">
        {job.files.map(({ path, name: file }) => (
          <a key={path} className="button" href={path} download={file}>
            {strings.data.rejects(job.importResult?.rejected ?? 0)}
          </a>
        ))}
        <button type="button" className="button button-main" onClick={onAnother}>
          {strings.data.another}
        </button>
      </div>
    </section>
  );
}

const maxRejectsShown = 20;

/** The first rejected records, each with its line and the reason. */
function Rejects({ path, count }: { readonly path: string; readonly count: number }): ReactNode {
  const [rejects, setRejects] = useState<readonly Reject[]>([]);
  useEffect(() => {
    let isOver = false;
    readRejects(path, maxRejectsShown).then(
      (read) => isOver || setRejects(read),
      // The file can still be downloaded.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [path]);
  return (
    <section className="rejects" aria-label={strings.data.rejected(count)}>
      <h3>{strings.data.rejected(count)}</h3>
      <p className="hint">{strings.data.rejectedMore}</p>
      <ul className="plain-list">
        {rejects.map(({ line, reason, record }) => (
          <li key={line}>
            <span className="problem">{strings.data.rejectedLine(line, reason)}</span>{" "}
            <code className="reject-record">{JSON.stringify(record)}</code>
          </li>
        ))}
      </ul>
      {count > rejects.length && rejects.length > 0 ? (
        <p className="hint">{strings.data.moreRejects(formatCount(count - rejects.length))}</p>
      ) : null}
    </section>
  );
}

function progressOf(
  { state, progress }: Job,
  sent: number,
): { readonly text: string; readonly share?: number } {
  if (state === "UPLOADING") return { text: strings.data.uploading, share: sent };
  if (progress === null) return { text: strings.data.waiting };
  const { phase, done, total } = progress;
  const text = strings.data.phase(phase);
  // Progress is a share if the total is known, otherwise a count.
  if (total === null) return { text: `${text}: ${formatCount(done)}` };
  return { text, share: total === 0 ? 1 : done / total };
}

function Result({ result }: { readonly result: NonNullable<Job["importResult"]> }): ReactNode {
  const { counts } = strings.data;
  return (
    <>
      <table className="table table-small" aria-label={strings.data.imported}>
        <thead>
          <tr>
            <th scope="col">{strings.data.imported}</th>
            {Object.values(counts).map((title) => (
              <th key={title} scope="col" className="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.counts.map((row) => (
            <tr key={row.collection}>
              <th scope="row">{strings.data.collections[row.collection]}</th>
              {(Object.keys(counts) as (keyof typeof counts)[]).map((key) => (
                <td key={key} className="number">
                  {formatCount(row[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="plain-list">
        {result.warnings.map(({ code, message }) => (
          <li key={message} className="notice" data-code={code}>
            {message}
          </li>
        ))}
      </ul>
    </>
  );
}

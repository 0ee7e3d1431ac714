// A button that starts an export and shows its progress, then links to its file.
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { isInProgress, type Job, useJob } from "../data/jobs.js";
import { strings } from "../en.js";
import { useAction } from "./useAction.js";

interface Props {
  readonly label: string;
  /** What the file will hold. */
  readonly title: string;
  /** Starts the job. @throws Error if it is refused. */
  readonly onStart: () => Promise<Job | undefined>;
}

/** The button. */
export function ExportButton({ label, title, onStart }: Props): ReactNode {
  const [started, setStarted] = useState<Job>();
  const job = useJob(started);
  const start = useAction(async () => setStarted(await onStart()));
  const problem = start.problem ?? job?.problem ?? undefined;
  if (job !== undefined && isInProgress(job)) {
    return (
      <span role="status">
        {strings.data.exporting} <progress aria-label={strings.data.exporting} />
      </span>
    );
  }
  const [file] = job?.files ?? [];
  return (
    <>
      {file === undefined ? (
        <button
          type="button"
          className="button"
          title={title}
          disabled={start.isBusy}
          onClick={() => void start.run()}
        >
          <Download size={15} aria-hidden="true" /> {label}
        </button>
      ) : (
        <a className="button button-main" href={file.path} download={file.name}>
          <Download size={15} aria-hidden="true" /> {strings.data.download(file.name)}
        </a>
      )}
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

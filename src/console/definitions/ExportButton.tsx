// An export of the whole project: asked for, followed, downloaded.
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { change } from "../data/client.js";
import { CreateExportDocument } from "../data/generated.js";
import { isInProgress, type Job, useJob } from "../data/jobs.js";
import { strings } from "../en.js";
import { refuse, useAction } from "../parts/useAction.js";

/** A button that becomes the export's progress, then a link to its file. */
export function ExportButton(): ReactNode {
  const [started, setStarted] = useState<Job>();
  const job = useJob(started);
  const start = useAction(async () => {
    const { exportCreate } = await change(CreateExportDocument, {});
    refuse(exportCreate);
    setStarted(exportCreate.job ?? undefined);
  });
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
          title={strings.data.exportMore}
          disabled={start.isBusy}
          onClick={() => void start.run()}
        >
          <Download size={15} aria-hidden="true" /> {strings.data.export}
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

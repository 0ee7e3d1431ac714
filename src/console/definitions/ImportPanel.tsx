// Import of a file: dropped or chosen, its columns shown and changed, followed until it is in.
import { Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { ask, change } from "../data/client.js";
import {
  CancelJobDocument,
  CreateImportDocument,
  ImportProposalDocument,
  type ImportProposalQuery,
  type RecordCollection,
} from "../data/generated.js";
import { headOf, type Job, sendFile } from "../data/jobs.js";
import { type Mapping, saysWho } from "../data/mapping.js";
import { strings } from "../en.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";
import { ImportColumns } from "./ImportColumns.js";
import { ImportProgress } from "./ImportProgress.js";

const collections: readonly RecordCollection[] = [
  "CUSTOMERS",
  "ORDERS",
  "EVENTS",
  "REDEMPTIONS",
  "GIFT_CARDS",
  "LOYALTY",
  "REFERRALS",
];

type Proposal = ImportProposalQuery["importProposal"];

interface Chosen {
  readonly file: File;
  /** Of CSV. */
  readonly proposal?: Proposal;
  readonly mapping?: Mapping;
  readonly collection?: RecordCollection;
}

interface Running {
  readonly name: string;
  readonly job: Job;
  /** The share of the file that has been sent. */
  readonly sent: number;
}

/** The part of the Data page that takes files. */
export function ImportPanel(): ReactNode {
  const { refresh } = useProject();
  const [chosen, setChosen] = useState<Chosen>();
  const [running, setRunning] = useState<Running>();
  const sending = useRef<AbortController>(undefined);
  const choose = useAction(async (file: File) => {
    setChosen(undefined);
    setRunning(undefined);
    if (isJson(file.name) || /\.zip$/i.test(file.name)) {
      const found = collections.find((each) => file.name.toUpperCase().startsWith(each));
      setChosen({ file, ...(isJson(file.name) ? { collection: found ?? "CUSTOMERS" } : {}) });
      return;
    }
    const { importProposal } = await ask(ImportProposalDocument, {
      fileName: file.name,
      head: await headOf(file),
    });
    setChosen({ file, proposal: importProposal, mapping: importProposal.definition as Mapping });
  });
  const start = useAction(async ({ file, proposal, mapping, collection }: Chosen) => {
    const isChanged = mapping !== undefined && mapping !== proposal?.definition;
    const { importCreate } = await change(CreateImportDocument, {
      input: {
        fileName: file.name,
        collection: collection ?? proposal?.collection ?? null,
        mapping: proposal === undefined ? null : mappingInput(proposal, isChanged ? mapping : undefined),
        mode: null,
        clearEmpty: false,
        encoding: null,
        delimiter: null,
      },
    });
    refuse(importCreate);
    if (importCreate.job === null || importCreate.upload === null) return;
    const { job } = importCreate;
    setRunning({ name: file.name, job, sent: 0 });
    sending.current = new AbortController();
    try {
      await sendFile(
        importCreate.upload.path,
        file,
        (sent) => setRunning((before) => before && { ...before, sent }),
        sending.current.signal,
      );
    } catch (error) {
      setRunning(undefined);
      await change(CancelJobDocument, { id: job.id });
      throw error;
    }
    setChosen(undefined);
  });
  if (running !== undefined) {
    return (
      <ImportProgress
        name={running.name}
        job={running.job}
        sent={running.sent}
        onCancel={() => sending.current?.abort(new Error(strings.data.importCanceled))}
        onDone={() => void refresh()}
        onAnother={() => setRunning(undefined)}
      />
    );
  }
  return (
    <div className="import">
      <DropZone onFile={(file) => void choose.run(file)} />
      {(choose.problem ?? start.problem) === undefined ? null : (
        <p className="problem" role="alert">
          {choose.problem ?? start.problem}
        </p>
      )}
      {chosen === undefined ? null : (
        <Preview
          chosen={chosen}
          isBusy={start.isBusy}
          onChange={setChosen}
          onStart={() => void start.run(chosen)}
          onCancel={() => setChosen(undefined)}
        />
      )}
    </div>
  );
}

function isJson(name: string): boolean {
  return /\.(nd)?jsonl?(\.gz)?$/i.test(name);
}

/** A changed or guessed mapping is sent whole; one of the server's own is sent by its name. */
function mappingInput({ mappingName, definition }: Proposal, changed: Mapping | undefined) {
  if (changed === undefined && mappingName !== null) return { name: mappingName };
  return { definition: changed ?? definition };
}

function DropZone({ onFile }: { readonly onFile: (file: File) => void }): ReactNode {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever cannot drop a file chooses one with the button inside.
    <div
      className="drop"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{strings.data.importMore}</p>
      <label className="button">
        <Upload size={15} aria-hidden="true" /> {strings.data.choose}
        <input
          type="file"
          className="hidden-input"
          accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.gz,.zip"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) onFile(file);
            target.value = "";
          }}
        />
      </label>
    </div>
  );
}

interface PreviewProps {
  readonly chosen: Chosen;
  readonly isBusy: boolean;
  readonly onChange: (chosen: Chosen) => void;
  readonly onStart: () => void;
  readonly onCancel: () => void;
}

function Preview({ chosen, isBusy, onChange, onStart, onCancel }: PreviewProps): ReactNode {
  const { file, proposal, mapping, collection } = chosen;
  const isReady = mapping === undefined || saysWho(mapping);
  return (
    <section className="import-preview" aria-label={file.name}>
      <h3>{file.name}</h3>
      {proposal === undefined || mapping === undefined ? null : (
        <>
          <p className="hint">
            {proposal.title === null ? strings.data.guessed : strings.data.recognised(proposal.title)}
          </p>
          <ImportColumns
            proposal={proposal}
            mapping={mapping}
            onChange={(changed) => onChange({ ...chosen, mapping: changed })}
          />
          {isReady ? null : (
            <p className="problem" role="alert">
              {strings.data.needsId}
            </p>
          )}
        </>
      )}
      {collection === undefined ? null : (
        <label className="labelled">
          <span>{strings.data.rowsAre}</span>
          <select
            className="field"
            value={collection}
            onChange={({ target }) =>
              onChange({
                ...chosen,
                collection: collections.find((each) => each === target.value) ?? collection,
              })
            }
          >
            {collections.map((each) => (
              <option key={each} value={each}>
                {strings.data.collections[each]}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="popup-actions">
        <button type="button" className="button button-main" disabled={isBusy || !isReady} onClick={onStart}>
          {strings.data.start}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {strings.data.cancel}
        </button>
      </div>
    </section>
  );
}

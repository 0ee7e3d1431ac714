// The work of exporting an audience: a CSV file of customers.
import { AudienceError, type AudienceFileRequest, readAudience } from "../export/audience.js";
import { storeFile } from "./files.js";
import { JobFailure, type JobWork } from "./work.js";

/** The `request` is an AudienceRequest, with the file's name. */
export interface AudienceJobRequest extends AudienceFileRequest {
  readonly fileName: string;
}

export const audienceJob: JobWork = async ({ engine, job, signal, progress }) => {
  const { fileName, ...request } = job.request as unknown as AudienceJobRequest;
  try {
    const audience = await readAudience(engine, job.project, request);
    const total = await audience.count();
    let customers = 0;
    const content = async function* (): AsyncGenerator<Uint8Array> {
      let isHeader = true;
      for await (const lines of audience.lines(signal)) {
        signal.throwIfAborted();
        if (!isHeader) customers += lines.length;
        isHeader = false;
        yield Buffer.from(lines.join(""), "utf8");
        progress({ phase: "customers", done: customers, total });
      }
    };
    const file = await storeFile(engine, job, fileName, content());
    return { result: { customers }, files: [file] };
  } catch (error) {
    // The segment or an attribute may have gone since the job was created.
    if (error instanceof AudienceError) throw new JobFailure(error.message, { cause: error });
    throw error;
  }
};

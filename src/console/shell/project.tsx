// The project and its language, for every page: the names that queries may use, and the worker that knows them.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { useAnswer, useReconnect } from "../data/answer.js";
import { AnswerError, type Failure } from "../data/client.js";
import { EveryoneCountDocument } from "../data/generated.js";
import { readNames } from "../data/names.js";
import { connectLanguage, type Language, type WorkerLike } from "../language/connection.js";
import type { ProjectNames } from "../language/protocol.js";

export interface Project {
  readonly names: ProjectNames;
  readonly language: Language;
  /** How many customers there are; undefined until it is known. */
  readonly everyone?: number;
  /** Reads the names again, for example after a segment was saved or a key defined. */
  readonly refresh: () => Promise<void>;
}

const ProjectContext = createContext<Project | undefined>(undefined);

/** The page's project. @throws Error outside of a ProjectProvider. */
export function useProject(): Project {
  const project = useContext(ProjectContext);
  if (project === undefined) throw new Error("A page was shown outside of a project.");
  return project;
}

type Loaded = { readonly names: ProjectNames } | { readonly failure: Failure } | undefined;

interface Props {
  readonly children: ReactNode;
  readonly loading: ReactNode;
  readonly failed: (failure: Failure, retry: () => void) => ReactNode;
}

/** The page's language worker; it starts with the page, since everything waits for it. */
const language: Language = connectLanguage(
  new Worker(new URL("../language/worker.ts", import.meta.url), {
    type: "module",
    name: "language",
  }) as WorkerLike,
);

/** Loads the project, and shows its pages once it is loaded. */
export function ProjectProvider({ children, loading, failed }: Props): ReactNode {
  const [loaded, setLoaded] = useState<Loaded>();
  const load = useCallback(async () => {
    try {
      const names = await readNames();
      // Before any page uses them.
      language.rename(names);
      setLoaded({ names });
    } catch (error) {
      setLoaded({
        failure: error instanceof AnswerError ? error.failure : { kind: "offline", message: String(error) },
      });
    }
  }, []);
  useEffect(() => void load(), [load]);
  useReconnect(loaded !== undefined && "failure" in loaded ? loaded.failure : undefined, load);
  const names = loaded !== undefined && "names" in loaded ? loaded.names : undefined;
  const { data } = useAnswer(EveryoneCountDocument, names === undefined ? undefined : {});
  const everyone = data?.customers.totalCount ?? undefined;
  const project = useMemo(
    () =>
      names === undefined
        ? undefined
        : { names, language, refresh: load, ...(everyone === undefined ? {} : { everyone }) },
    [names, load, everyone],
  );
  if (loaded !== undefined && "failure" in loaded) {
    return failed(loaded.failure, () => {
      setLoaded(undefined);
      void load();
    });
  }
  if (project === undefined) return loading;
  return <ProjectContext value={project}>{children}</ProjectContext>;
}

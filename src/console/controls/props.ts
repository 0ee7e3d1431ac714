// The props of every control of a part.
import type { Edit, Part } from "../language/protocol.js";

/** Called with the change, and where the caret goes if something is missing after it. */
export type OnEdit = (edit: Edit, missingAt?: number) => void;

export interface ControlProps {
  /** The text that contains the part. */
  readonly text: string;
  readonly part: Part;
  /** In milliseconds since the epoch. */
  readonly asOf: number;
  readonly onEdit: OnEdit;
}

// What every control of a part is given.
import type { Edit, Part } from "../language/protocol.js";

/** Called with the change, and where the caret goes if something is missing behind it. */
export type OnEdit = (edit: Edit, missingAt?: number) => void;

export interface ControlProps {
  /** The text that the part is of. */
  readonly text: string;
  readonly part: Part;
  /** In milliseconds since the epoch. */
  readonly asOf: number;
  readonly onEdit: OnEdit;
}

// `renewal within 30 days`, `created in 30 days`: a length of time that lies behind or ahead, as the attribute's name says.
import type { Named } from "../../scope.js";

const ahead =
  /renew|expir|due|deadline|next|until|till|valid|end|appointment|booking|trial|delivery|departure|arriv/i;
const behind =
  /last|first|since|seen|creat|join|register|sign|visit|login|order|purchase|bought|paid|ed$|_at$/i;

/** The words before the length of time; undefined if a project's own attribute does not say which it is. */
export function directionOf({ attribute: { name } }: Named): "is in the last" | "is in the next" | undefined {
  if (!name.startsWith("metadata.")) return "is in the last";
  if (ahead.test(name)) return "is in the next";
  return behind.test(name) ? "is in the last" : undefined;
}

// Secrets that were replaced, and count for a while beside the present one: those of webhooks sign, those of sources are accepted.
import { dayMs } from "../clock.js";

interface Holder {
  readonly secret: string;
  readonly former_secrets?: readonly { readonly secret: string; readonly until: Date }[];
}

/** How long a replaced secret counts, in milliseconds, and the most such secrets. */
const [formerSecretMs, maxFormerSecrets] = [dayMs, 3];

/** The secrets that count at an instant: the current one, and those replaced less than a day before. */
export function secretsOf({ secret, former_secrets = [] }: Holder, at: number): readonly string[] {
  const former = former_secrets.filter(({ until }) => until.getTime() > at);
  return [secret, ...former.map((each) => each.secret)];
}

/** The replaced secrets that count from now on. @param secret the new one; undefined if it stays. */
export function formerSecrets(
  known: Holder,
  secret: string | undefined,
  now: number,
): Pick<Holder, "former_secrets"> {
  const former = (known.former_secrets ?? []).filter(({ until }) => until.getTime() > now);
  if (secret !== undefined && secret !== known.secret)
    former.push({ secret: known.secret, until: new Date(now + formerSecretMs) });
  return former.length === 0 ? {} : { former_secrets: former.slice(-maxFormerSecrets) };
}

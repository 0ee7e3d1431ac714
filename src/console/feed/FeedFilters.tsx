// What the feed shows: entries or exits, of one segment, for one cause, since a day.
import type { ReactNode } from "react";
import { dayMs } from "../../clock.js";
import type { Transition } from "../data/feed.js";
import { strings } from "../en.js";
import { isoDay } from "../parts/format.js";
import { useProject } from "../shell/project.js";

type Period = keyof typeof strings.feed.periods;

export interface ShownFilter {
  readonly segmentId?: string | undefined;
  readonly kind?: Transition["kind"] | undefined;
  readonly cause?: Transition["cause"] | undefined;
  readonly period?: Period | undefined;
}

/** The first day of a period that ends now, as `2026-11-23`, in a zone. */
export function firstDayOf(period: Period, now: number, timezone: string): string {
  const today = isoDay(now, timezone);
  const days = { today: 0, monday: daysSinceMonday(today), week: 7, month: 30 }[period];
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);
}

function daysSinceMonday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

interface Props {
  readonly filter: ShownFilter;
  readonly onChange: (filter: ShownFilter) => void;
  /** True if the page is of one segment: there is no choice of others. */
  readonly isOfOneSegment: boolean;
}

/** The choices. */
export function FeedFilters({ filter, onChange, isOfOneSegment }: Props): ReactNode {
  const { names } = useProject();
  const { feed } = strings;
  const segments = names.segments.filter(({ query }) => query !== undefined);
  return (
    <>
      <Choice
        label={feed.kind}
        all={feed.everyKind}
        options={feed.kinds}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <Choice
        label={feed.since}
        all={feed.anyTime}
        options={feed.periods}
        value={filter.period}
        onChange={(period) => onChange({ ...filter, period })}
      />
      {isOfOneSegment ? null : (
        <Choice
          label={feed.segment}
          all={feed.everySegment}
          options={Object.fromEntries(segments.map(({ id, name }) => [id, name]))}
          value={filter.segmentId}
          onChange={(segmentId) => onChange({ ...filter, segmentId })}
        />
      )}
      <Choice
        label={feed.cause}
        all={feed.everyCause}
        options={feed.causes}
        value={filter.cause}
        onChange={(cause) => onChange({ ...filter, cause })}
      />
    </>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  /** The words for no choice. */
  readonly all: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
}

function Choice<Value extends string>({
  label,
  all,
  options,
  value,
  onChange,
}: ChoiceProps<Value>): ReactNode {
  const values = Object.keys(options) as Value[];
  return (
    <select
      className="field field-small"
      aria-label={label}
      value={value ?? ""}
      onChange={({ target }) => onChange(values.find((each) => each === target.value))}
    >
      <option value="">{all}</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {options[each]}
        </option>
      ))}
    </select>
  );
}

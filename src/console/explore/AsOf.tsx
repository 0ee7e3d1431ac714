// The moment that the page shows: now, or one picked on a small time line.

import { Clock, History } from "lucide-react";
import { type ReactNode, useState } from "react";
import { dayMs } from "../../clock.js";
import { strings } from "../en.js";
import { formatMoment } from "../parts/format.js";
import { Popup } from "../parts/Popup.js";
import { useProject } from "../shell/project.js";

interface Props {
  readonly at: string | undefined;
  readonly onAsOf: (at: string | undefined) => void;
}

const daysBack = 365;

/** The moment a number of days ago, to the minute. */
function momentBefore(days: number): string {
  const minute = 60_000;
  return new Date(Math.floor((Date.now() - days * dayMs) / minute) * minute).toISOString();
}

function daysSince(at: string | undefined): number {
  return at === undefined
    ? 0
    : Math.max(0, Math.min(daysBack, Math.round((Date.now() - Date.parse(at)) / dayMs)));
}

/** The button that says which moment it is, and the time line that it opens. */
export function AsOfPicker({ at, onAsOf }: Props): ReactNode {
  const { names } = useProject();
  const label = at === undefined ? strings.explore.now : formatMoment(at, names.timezone);
  return (
    <Popup
      title={strings.explore.asOf}
      buttonClass={at === undefined ? "button button-quiet" : "button button-marked"}
      button={
        <>
          <Clock size={15} aria-hidden="true" /> {strings.explore.asOfMoment(label)}
        </>
      }
    >
      {(close) => <TimeLine at={at} onAsOf={onAsOf} close={close} timezone={names.timezone} />}
    </Popup>
  );
}

function TimeLine({
  at,
  onAsOf,
  close,
  timezone,
}: Props & { readonly close: () => void; readonly timezone: string }): ReactNode {
  const [days, setDays] = useState(daysSince(at));
  const take = (back: number): void => {
    setDays(back);
    onAsOf(back === 0 ? undefined : momentBefore(back));
  };
  return (
    <div className="time-line">
      <label>
        <span>{days === 0 ? strings.explore.now : formatMoment(momentBefore(days), timezone)}</span>
        <input
          type="range"
          min={-daysBack}
          max={0}
          value={-days}
          aria-label={strings.explore.asOf}
          onChange={({ target }) => setDays(-Number(target.value))}
          onPointerUp={() => take(days)}
          onKeyUp={() => take(days)}
        />
      </label>
      <label>
        <span>{strings.part.day}</span>
        <input
          type="datetime-local"
          className="field"
          defaultValue={at?.slice(0, 16)}
          onChange={({ target }) => {
            const moment = new Date(target.value);
            if (!Number.isNaN(moment.getTime())) onAsOf(moment.toISOString());
          }}
        />
      </label>
      <div className="popup-actions">
        <button
          type="button"
          className="button"
          onClick={() => {
            onAsOf(undefined);
            close();
          }}
        >
          {strings.explore.backToNow}
        </button>
      </div>
    </div>
  );
}

/** A notice that the page does not show the present. */
export function AsOfNotice({
  at,
  onNow,
}: {
  readonly at: string | undefined;
  readonly onNow: () => void;
}): ReactNode {
  const { names } = useProject();
  if (at === undefined) return null;
  return (
    <p className="notice" role="status">
      <History size={16} aria-hidden="true" />
      <span>{strings.explore.asOfNotice(`${formatMoment(at, names.timezone)} (${names.timezone})`)}</span>
      <button type="button" className="button button-small" onClick={onNow}>
        {strings.explore.backToNow}
      </button>
    </p>
  );
}

// A button, and what opens at it: by the browser's own popovers, which close on Escape or a click outside and return the focus.
import { type ReactNode, useId, useRef, useState } from "react";

interface Props {
  /** What is on the button. */
  readonly button: ReactNode;
  readonly buttonClass?: string;
  readonly title: string;
  readonly children: (close: () => void) => ReactNode;
}

const margin = 8;
/** Room that is left for what opens, in pixels. */
const widest = 360;

/** The button and its popover; its content is rendered when it opens. */
export function Popup({ button, buttonClass = "button button-quiet", title, children }: Props): ReactNode {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const place = (): void => {
    const at = opener.current?.getBoundingClientRect();
    if (at === undefined || panel.current === null) return;
    panel.current.style.left = `${Math.max(margin, Math.min(at.left, innerWidth - widest - margin))}px`;
    panel.current.style.top = `${at.bottom + 4}px`;
    panel.current.style.maxHeight = `${Math.max(160, innerHeight - at.bottom - 16)}px`;
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={buttonClass}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={title}
        className="popup popup-native"
        onToggle={(event) => {
          const isNowOpen = event.newState === "open";
          setOpen(isNowOpen);
          if (isNowOpen) place();
        }}
      >
        {isOpen ? children(() => panel.current?.hidePopover()) : null}
      </div>
    </>
  );
}

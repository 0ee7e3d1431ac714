// What opens at a part of the sentence: the control that fits it. What is picked changes the text there, and nothing else.
import { type ReactNode, useRef } from "react";
import { Dialog, Popover } from "react-aria-components";
import { strings } from "../en.js";
import type { Part } from "../language/protocol.js";
import { ChoiceControl } from "./ChoiceControl.js";
import { CountControl, DateControl, LengthControl, NumberControl } from "./FieldControls.js";
import type { ControlProps, OnEdit } from "./props.js";
import { ValueControl } from "./ValueControl.js";

/** A part that is open, and the text that contains it. */
export interface OpenPart {
  readonly text: string;
  readonly part: Part;
  readonly place: DOMRect;
}

interface Props {
  readonly open: OpenPart | undefined;
  readonly asOf: number;
  readonly onClose: () => void;
  readonly onEdit: OnEdit;
}

/** The popover, at the part. */
export function PartPopover({ open, asOf, onClose, onEdit }: Props): ReactNode {
  const anchor = useRef<HTMLSpanElement>(null);
  const place = open?.place;
  return (
    <>
      <span
        className="part-anchor"
        ref={anchor}
        style={
          place && {
            left: place.left,
            top: place.top,
            width: Math.max(1, place.width),
            height: Math.max(1, place.height),
          }
        }
      />
      <Popover
        className="popup part-popup"
        triggerRef={anchor}
        isOpen={open !== undefined}
        onOpenChange={(isOpen) => isOpen || onClose()}
        placement="bottom start"
        offset={6}
      >
        {open === undefined ? null : (
          <Dialog className="popup-dialog" aria-label={strings.part.change(open.part.text)}>
            <PartControl
              text={open.text}
              part={open.part}
              asOf={asOf}
              onEdit={(edit, missingAt) => {
                onEdit(edit, missingAt);
                onClose();
              }}
            />
          </Dialog>
        )}
      </Popover>
    </>
  );
}

function PartControl(props: ControlProps): ReactNode {
  const { part, onEdit } = props;
  const write = (insert: string): void => onEdit({ from: part.from, to: part.to, insert });
  switch (part.control.kind) {
    case "operator":
      return <ChoiceControl {...props} />;
    case "suggest":
      return part.role === "attribute" ? <ChoiceControl {...props} /> : <ValueControl {...props} />;
    case "number":
      return <NumberControl text={part.text} label={strings.part.number} onWrite={write} />;
    case "money":
      return (
        <NumberControl text={part.text} label={strings.part.amount(part.control.currency)} onWrite={write} />
      );
    case "date":
      return <DateControl text={part.text} isRelativeOnly={part.control.relativeOnly} onWrite={write} />;
    case "duration":
      return <LengthControl text={part.text} onWrite={write} />;
    case "count":
      return <CountControl text={part.text} onWrite={write} />;
    default:
      return part.control satisfies never;
  }
}

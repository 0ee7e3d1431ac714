// A dialog above the page.
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { strings } from "../en.js";

interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: "small" | "large";
  /** False if what is typed in it need not be kept, as a search. */
  readonly keepsTyped?: boolean;
}

/**
 * A dialog in the middle of the page; on a phone, over all of it. Escape and a click beside it close it until something is
 * typed or chosen in it; after that, only its buttons.
 */
export function Sheet(props: SheetProps): ReactNode {
  const { title, isOpen, onClose, children, size = "small", keepsTyped = true } = props;
  const [isTouched, setTouched] = useState(false);
  const isKept = isTouched && keepsTyped;
  return (
    <ModalOverlay
      className="sheet-veil"
      isOpen={isOpen}
      onOpenChange={(open) => open || isKept || onClose()}
      isDismissable={!isKept}
    >
      <Modal className={`sheet sheet-${size}`}>
        <Dialog className="sheet-dialog">
          <header className="sheet-header">
            <Heading slot="title">{title}</Heading>
            <Button className="button button-icon" aria-label={strings.state.close} onPress={onClose}>
              <X size={18} aria-hidden="true" />
            </Button>
          </header>
          <Content onTouched={setTouched}>{children}</Content>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ContentProps {
  readonly children: ReactNode;
  /** Called with true once something is typed or chosen, and with false as the sheet closes. */
  readonly onTouched: (isTouched: boolean) => void;
}

/** Moves the focus to the first field, if there is one and its content did not move it yet. */
function Content({ children, onTouched }: ContentProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null || current.contains(document.activeElement)) return;
    current.querySelector<HTMLElement>("input:enabled, select:enabled, .cm-content")?.focus();
  }, []);
  useEffect(() => () => onTouched(false), [onTouched]);
  return (
    <div ref={place} onInput={() => onTouched(true)}>
      {children}
    </div>
  );
}

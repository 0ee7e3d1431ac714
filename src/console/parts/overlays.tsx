// A dialog above the page.
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { strings } from "../en.js";

interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: "small" | "large";
}

/** A dialog in the middle of the page; on a phone, over all of it. */
export function Sheet({ title, isOpen, onClose, children, size = "small" }: SheetProps): ReactNode {
  return (
    <ModalOverlay
      className="sheet-veil"
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable
    >
      <Modal className={`sheet sheet-${size}`}>
        <Dialog className="sheet-dialog">
          <header className="sheet-header">
            <Heading slot="title">{title}</Heading>
            <Button className="button button-icon" aria-label={strings.state.close} onPress={onClose}>
              <X size={18} aria-hidden="true" />
            </Button>
          </header>
          <FirstField>{children}</FirstField>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Moves the focus to the first field, if there is one and its content did not move it yet. */
function FirstField({ children }: { readonly children: ReactNode }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null || current.contains(document.activeElement)) return;
    current.querySelector<HTMLElement>("input:enabled, select:enabled, .cm-content")?.focus();
  }, []);
  return <div ref={place}>{children}</div>;
}

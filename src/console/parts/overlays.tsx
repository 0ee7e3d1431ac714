// What opens above the page: a small popup at a button, and a dialog.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay, Popover } from "react-aria-components";
import { strings } from "../en.js";

interface PopupProps {
  /** What is on the button. */
  readonly button: ReactNode;
  readonly buttonLabel?: string;
  readonly buttonClass?: string;
  readonly title: string;
  readonly children: (close: () => void) => ReactNode;
  readonly isDisabled?: boolean;
}

/** A button, and what opens at it. */
export function Popup(props: PopupProps): ReactNode {
  const { button, buttonLabel, buttonClass = "button button-quiet", title, children, isDisabled } = props;
  return (
    <DialogTrigger>
      <Button className={buttonClass} aria-label={buttonLabel} isDisabled={isDisabled}>
        {button}
      </Button>
      <Popover className="popup" placement="bottom start">
        <Dialog className="popup-dialog" aria-label={title}>
          {({ close }) => children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

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
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

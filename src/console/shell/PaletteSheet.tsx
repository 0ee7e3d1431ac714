// The palette in a dialog; loaded when it is first opened.
import type { ReactNode } from "react";
import { strings } from "../en.js";
import { Sheet } from "../parts/overlays.js";
import { Palette } from "./Palette.js";

/** The dialog. */
export default function PaletteSheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Sheet title={strings.nav.palette} isOpen onClose={onClose} keepsTyped={false}>
      <Palette onClose={onClose} />
    </Sheet>
  );
}

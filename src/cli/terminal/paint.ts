// Colours of the terminal.
import { styleText } from "node:util";

type Colour = Parameters<typeof styleText>[0];

/** Puts a colour around a text; where there are no colours, the text as it is. */
export type Paint = (colour: Colour, text: string) => string;

export function painter(colours: boolean): Paint {
  return (colour, text) => (colours ? styleText(colour, text, { validateStream: false }) : text);
}

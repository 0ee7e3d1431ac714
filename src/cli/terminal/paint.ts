// Colours of the terminal.
import { styleText } from "node:util";

type Colour = Parameters<typeof styleText>[0];

/** Colours a text, or returns it unchanged if there are no colours. */
export type Paint = (colour: Colour, text: string) => string;

export function painter(colours: boolean): Paint {
  return (colour, text) => (colours ? styleText(colour, text, { validateStream: false }) : text);
}

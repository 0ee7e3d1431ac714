// Lengths in UTF-8 without Buffer, which browsers lack.

const encoder = new TextEncoder();

/** Number of bytes of a text in UTF-8; a lone surrogate has the three of U+FFFD. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

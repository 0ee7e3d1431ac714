// Decodes a text file; its encoding is given, or detected.
import { ImportError } from "../../import-error.js";
import { type SingleByteEncoding, singleByteEncoding } from "./single-byte.js";

/** A decoder of a file, chunk by chunk. */
export interface Decoder {
  decode(chunk: Buffer): string;
  /** The rest of the text, after the last chunk. */
  end(): string;
  /** The encoding; UTF-8 while only ASCII was seen. */
  encoding(): string;
  /** The encoding that the text may be in as well; undefined if the detected one is certain, or given. */
  uncertain(): SingleByteEncoding["uncertain"];
}

/** True if the label is that of an encoding that this process can decode, as `utf-8` or `windows-1252`. */
export function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}

/**
 * A decoder of a file in `encoding` or, if none is given, in the detected one: by a byte order mark, by the zero bytes of UTF-16,
 * or by the first character that is not ASCII, which is UTF-8 or, if it is not valid UTF-8, Windows-1250 or Windows-1252, as the
 * words from there on show.
 * @param where names the file and the place in it, for messages.
 */
export function decoderOf(encoding: string | undefined, where: () => string): Decoder {
  let known = encoding;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  /** Bytes that are not decoded yet: an incomplete character, or words of an encoding that is not known yet. */
  let pending: Buffer = Buffer.alloc(0);
  let first = true;
  let uncertain: SingleByteEncoding["uncertain"];
  const detected = (bytes: Buffer): string => {
    const found = singleByteEncoding(bytes);
    uncertain = found.uncertain;
    return found.encoding;
  };
  const decode = (bytes?: Buffer): string => {
    decoder ??= new TextDecoder(known, { fatal: true });
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      const mend =
        encoding === undefined && known === "utf-8"
          ? "It begins as UTF-8; save it in one encoding, or name its encoding with --encoding or in the mapping."
          : "Name its encoding with --encoding or in the mapping.";
      throw new ImportError(`${where()} there is something that is not in ${known}. ${mend}`, {
        cause: error,
      });
    }
  };
  return {
    encoding: () => known ?? "utf-8",
    uncertain: () => uncertain,
    decode(chunk) {
      const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      if (known === undefined && first && bytes.length < 4) {
        pending = bytes;
        return "";
      }
      if (known === undefined && first) known = ofBeginning(bytes);
      first = false;
      known ??= ofFirstLetter(bytes);
      pending = Buffer.alloc(0);
      if (known === singleByte) {
        known = bytes.length < asciiLength(bytes) + sampled ? undefined : detected(bytes);
        if (known === undefined) {
          pending = bytes;
          return "";
        }
      }
      if (known !== undefined) return decode(bytes);
      // All ASCII, except for the beginning of a character that the next chunk completes.
      const end = asciiLength(bytes);
      pending = bytes.subarray(end);
      return bytes.toString("latin1", 0, end);
    },
    end() {
      const rest = pending;
      pending = Buffer.alloc(0);
      // A truncated character is not valid UTF-8.
      known ??= asciiLength(rest) < rest.length ? detected(rest) : "utf-8";
      return decode(rest) + decode();
    },
  };
}

const looked = 4_096;
/** How many bytes show which encoding of a byte a letter it is. */
const sampled = 256 * 1024;
const singleByte = "single byte";

function ofBeginning(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  // Without a byte order mark: in UTF-16 text of mostly Latin letters, every other byte is 0.
  let [even, odd] = [0, 0];
  const length = Math.min(bytes.length, looked);
  for (let index = 0; index < length; index += 1) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd > length / 4 && even < length / 16) return "utf-16le";
  if (even > length / 4 && odd < length / 16) return "utf-16be";
  return undefined;
}

/** The encoding of the first non-ASCII character; undefined if there is none, or if it is incomplete. */
function ofFirstLetter(bytes: Buffer): string | undefined {
  const start = asciiLength(bytes);
  const lead = bytes[start];
  if (lead === undefined) return undefined;
  const following = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : 3;
  if (lead < 0xc2 || lead > 0xf4) return singleByte;
  for (let index = start + 1; index <= start + following; index += 1) {
    const byte = bytes[index];
    if (byte === undefined) return undefined;
    if ((byte & 0xc0) !== 0x80) return singleByte;
  }
  return "utf-8";
}

function asciiLength(bytes: Buffer): number {
  let index = 0;
  while (index < bytes.length && bytes[index]! < 0x80) index += 1;
  return index;
}

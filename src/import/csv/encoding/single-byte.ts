// Tells Windows-1250 (Central Europe) from Windows-1252 (Western Europe) by the words of a text: each language has its letters.

/**
 * The words of the languages that are written in an encoding, lower case: the letters beyond ASCII, and patterns of those that
 * occur in some places only. In the other encoding, those places are of common endings and syllables: `èi` is the Slovene `či`,
 * `iæ` the Croatian `ić`, `ñs` the Polish `ńs`, and `õ` after another vowel the Hungarian `ő`.
 */
const western = [
  ...languages([
    ["àâçéêëîïôœùûü", "è(?![aeiou])", "æ(?=[cdmnqst])"],
    ["äöüß"],
    ["áéíóúüªº", "ñ(?=[aeiouáéíóú])"],
    ["áâãàçéêíóôúüªº", "õ(?=e)"],
    ["àéìíîòóùúªº", "è(?![aeiou])"],
    ["øåäöéüô", "(?<![aeiouy])æ"],
    ["áðéíóúýþö", "(?<![aeiouy])æ"],
    ["éëïóöüä", "è(?![aeiou])"],
    ["àçéíïòóúü·", "è(?![aeiou])"],
  ]),
  // Estonian has õ in the first syllable, and no y.
  /^(?:[b-df-hj-np-tvzšž]*õ)?[a-xzäöüšž]+$/,
];
const central = languages([
  ["ąćęłńóśźż"],
  ["áčďéěíňóřšťúůýž"],
  ["áäčďéíĺľňóôŕšťúýž"],
  ["áéíóöőúüű"],
  ["čćđšž"],
  ["ăâîşţ"],
]);

function languages(all: readonly (readonly [letters: string, ...places: string[]])[]): readonly RegExp[] {
  return all.map(([letters, ...places]) => new RegExp(`^(?:${[`[a-z${letters}]`, ...places].join("|")})+$`));
}

/** Runs of letters and of bytes beyond ASCII, in a text of one character for each byte; `¿` and `¡` precede a Spanish word. */
const word = /(?![\xbf\xa1])[A-Za-z\x80-\xff]+/g;
/** The most characters of a word of a language: a longer run is something else. */
const maxWordLength = 100;
// Quotes, dashes and the like, at the same places in both encodings.
const marks = /[\x80\x82\x84-\x87\x89\x8b\x91-\x97\x99\x9b\xa0\xa4\xa6-\xa9\xab-\xae\xb0\xb1\xb4-\xb8\xbb]+/g;
const stream = { stream: true } as const;
const measure = /^[a-z]?m[\xb2\xb3]$/;

export interface SingleByteEncoding {
  readonly encoding: "windows-1250" | "windows-1252";
  /** Present if the words fit the other encoding as well: a word that the two read differently. */
  readonly uncertain?: {
    readonly other: "windows-1250" | "windows-1252";
    readonly word: string;
    readonly otherWord: string;
  };
}

/**
 * The encoding of a text that is not UTF-8: the one in which a language of its own covers more of the different words; of two
 * that cover as many, Windows-1252, and uncertain.
 */
export function singleByteEncoding(bytes: Buffer): SingleByteEncoding {
  const words = new Set(bytes.toString("latin1").replace(marks, " ").match(word) ?? []);
  const [centralDecoder, westernDecoder] = [new TextDecoder("windows-1250"), new TextDecoder("windows-1252")];
  const readings: (readonly [central: string, western: string])[] = [];
  for (const each of words) {
    if (each.length > maxWordLength || measure.test(each)) continue;
    if (!/[\x80-\xff]/.test(each) || !/[A-Za-z]/.test(each)) continue;
    const raw = Buffer.from(each, "latin1");
    // Node reads Windows-1252 as Latin-1 unless it reads a stream.
    const [inCentral, inWestern] = [centralDecoder.decode(raw, stream), westernDecoder.decode(raw, stream)];
    if (inCentral !== inWestern) readings.push([inCentral, inWestern]);
  }
  const covered = (patterns: readonly RegExp[], index: 0 | 1): number =>
    Math.max(
      ...patterns.map(
        (pattern) => readings.filter((reading) => pattern.test(reading[index].toLowerCase())).length,
      ),
    );
  const [inCentral, inWestern] = [covered(central, 0), covered(western, 1)];
  if (inCentral > inWestern) return { encoding: "windows-1250" };
  const [first] = readings;
  if (inCentral < inWestern || first === undefined) return { encoding: "windows-1252" };
  return {
    encoding: "windows-1252",
    uncertain: { other: "windows-1250", word: first[1], otherWord: first[0] },
  };
}

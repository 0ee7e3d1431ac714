// Lists of people as a spreadsheet of their country saves them: which encoding their letters show.
import { describe, expect, it } from "vitest";
import { singleByteEncoding } from "../../../src/import/csv/encoding/single-byte.js";

/** The text in an encoding of a byte a character. */
function encoded(text: string, encoding: string): Buffer {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte), { stream: true }), byte]),
  );
  return Buffer.from(
    Array.from(text, (character) => {
      const byte = bytes.get(character);
      if (byte === undefined) throw new Error(`${encoding} has no ${character}.`);
      return byte;
    }),
  );
}

describe("the encoding of a byte a letter", () => {
  it.each<[language: string, encoding: string, text: string]>([
    [
      "Polish",
      "windows-1250",
      "Imię;Miasto\nMichał Wiśniewski;Łódź\nŻaneta Dąbrowska;Kraków\nPaweł Müller;Gdańsk",
    ],
    ["Polish, one word", "windows-1250", "name;city\nAnna;Łódź"],
    ["Czech", "windows-1250", "Jméno;Město\nJiří Dvořák;Plzeň\nTomáš Novotný;Kroměříž\nLucie Černá;Praha"],
    ["Slovak", "windows-1250", "Meno\nĽubica Kováčová\nŠtefan Hruška\nMatúš Tóth"],
    [
      "Hungarian",
      "windows-1250",
      "Név;Város\nErdős Gábor;Győr\nSzűcs Ágnes;Nyíregyháza\nNagy Zoltán;Gödöllő",
    ],
    ["Croatian", "windows-1250", "Ime\nMarko Kovačević\nIvana Šimić\nĐuro Horvat"],
    ["Croatian surnames", "windows-1250", "Kovačević, Marić, Babić"],
    ["Slovene, one word", "windows-1250", "Zupančič"],
    ["Hungarian, with ő alone", "windows-1250", "Győr, Ernő, Gödöllő"],
    ["Polish, with ń alone", "windows-1250", "Kamiński; Zielińska"],
    ["Romanian", "windows-1250", "Nume\nŞtefan Ionescu\nIoana Bălan\nMihai Ţepeş"],
    [
      "French",
      "windows-1252",
      "Prénom;Ville\nHélène Lefèvre;Besançon\nFrançois Côté;Nîmes\nZoë Dubœuf;Mâcon",
    ],
    ["French, one word", "windows-1252", "name\nHélène"],
    ["German", "windows-1252", "Name;Ort\nJürgen Größer;Köln\nBärbel Weiß;Gießen"],
    ["German with measures", "windows-1252", "name;note\nJürgen;30 m³ at £5"],
    ["Spanish", "windows-1252", "Nombre\nMª José Muñoz\nÍñigo Núñez\nRamón Peña\n¿Cómo?"],
    ["Portuguese", "windows-1252", "Nome\nJoão Simões\nConceição Falcão\nInês Brandão"],
    ["Italian", "windows-1252", "Nome;Città\nNiccolò;Forlì\nGesù;Cefalù"],
    ["Danish", "windows-1252", "Navn\nSøren Kjær\nÅse Østergård"],
    ["Swedish", "windows-1252", "Namn\nÅke Sjöström\nBjörn Ekdähl"],
    ["Icelandic", "windows-1252", "Nafn\nÞórður Guðmundsson\nSigríður Ægisdóttir"],
    ["Estonian", "windows-1252", "Nimi\nTõnu Õunapuu\nÜlle Mägi"],
  ])("%s: %s", (_language, encoding, text) => {
    expect(singleByteEncoding(encoded(text, encoding)).encoding).toBe(encoding);
  });

  it.each<[string, string, { word: string; otherWord: string } | undefined]>([
    ["words that fit both", "Hélène", { word: "Hélène", otherWord: "Hélčne" }],
    ["words of no language that is known", "ðàþu", { word: "ðàþu", otherWord: "đŕţu" }],
    ["words of which one language has more", "Hélène; forêt", undefined],
    ["letters that both encodings have at one place", "Jürgen; Köln; Škoda", undefined],
  ])("is uncertain of %s alone", (_, text, words) => {
    const uncertain = words && { other: "windows-1250", ...words };
    expect(singleByteEncoding(encoded(text, "windows-1252"))).toEqual({
      encoding: "windows-1252",
      ...(uncertain === undefined ? {} : { uncertain }),
    });
  });

  it("300,000 bytes without a letter, and a word of as many letters, are of no language", () => {
    const bytes = Buffer.alloc(300_000, 0xe9);
    expect(singleByteEncoding(bytes)).toEqual({ encoding: "windows-1252" });
    expect(singleByteEncoding(Buffer.concat([bytes, Buffer.from("x")]))).toEqual({
      encoding: "windows-1252",
    });
  });
});

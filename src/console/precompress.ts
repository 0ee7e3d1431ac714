// Writes a Brotli and a gzip copy next to each text file of a build.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const compressible = /\.(?:js|css|html|svg|json)$/;

/** Compresses what a build wrote, once it is written. */
export function precompress(): Plugin {
  return {
    name: "segmentql-precompress",
    apply: "build",
    writeBundle: ({ dir }) => {
      if (dir !== undefined) compressFolder(dir);
    },
  };
}

function compressFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) compressFolder(path);
    else if (compressible.test(entry.name)) compressFile(path);
  }
}

function compressFile(path: string): void {
  const content = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

// The page at `/`: says what this is, where things are, and what to try.
import { curlCommand, sampleQueries } from "./samples.js";

/** HTML of the page of the service at `url`, as `http://localhost:4000`. */
export function landingPage(url: string): string {
  const samples = sampleQueries
    .map((sentence) => `<li><code>${escapeHtml(sentence)}</code></li>`)
    .join("\n      ");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>SegmentQL</title>
    <style>
      body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1c2430; }
      code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; background: #f1f4f8; border-radius: 4px; }
      code { padding: 0.1em 0.3em; } pre { padding: 0.8em; overflow-x: auto; } pre code { padding: 0; }
      @media (prefers-color-scheme: dark) { body { background: #14181f; color: #dde4ee; } code, pre { background: #222934; } a { color: #8ab8ff; } }
    </style>
  </head>
  <body>
    <h1>SegmentQL</h1>
    <p>Type a sentence, get the customers that it means.</p>
    <ul>
      <li><a href="/playground">Playground</a>: ask in the browser; works offline</li>
      <li>GraphQL is answered at <code>/graphql</code>; the project goes into the header <code>x-segmentql-project</code></li>
      <li><a href="/health">Health</a></li>
    </ul>
    <p>Sentences to try:</p>
    <ul>
      ${samples}
    </ul>
    <p>From a terminal:</p>
    <pre><code>${escapeHtml(curlCommand(`${url}/graphql`, sampleQueries[0]!))}</code></pre>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

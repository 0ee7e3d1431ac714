// A page of a back office with a field for a segment: the address of the service and a key with the scope `read` come from the
// page's own address, as ?service=http://localhost:4000/graphql&key=…
import { createSegmentEditor } from "segmentql/editor";
import "segmentql/editor.css";

const settings = new URLSearchParams(location.search);
const verdict = document.querySelector("#verdict");

try {
  await createSegmentEditor({
    parent: document.querySelector("#segment"),
    service: {
      url: settings.get("service") ?? "http://localhost:4000/graphql",
      key: settings.get("key") ?? undefined,
    },
    label: "Segment",
    placeholder: "country is Poland and last order more than 30 days ago",
    text: "country is Poland",
    onChange: ({ valid, canonical, diagnostics }) => {
      verdict.textContent = valid ? `Saved as: ${canonical}` : diagnostics[0].message;
    },
  });
} catch (error) {
  verdict.textContent = error.message;
}

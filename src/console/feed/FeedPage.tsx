// The feed of all segments.
import type { ReactNode } from "react";
import { strings } from "../en.js";
import { Page } from "../parts/Page.js";
import { Transitions } from "./Transitions.js";

/** The page. */
export function FeedPage(): ReactNode {
  return (
    <Page title={strings.nav.feed}>
      <p className="hint">{strings.feed.more}</p>
      <Transitions />
    </Page>
  );
}

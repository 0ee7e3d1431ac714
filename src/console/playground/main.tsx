// The entry point of the playground.
import "@fontsource-variable/inter/opsz.css";
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/parts.css";
import "../styles/editor.css";
import "../styles/playground.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyTheme } from "../shell/theme.js";
import { PlaygroundPage } from "./PlaygroundPage.js";

function show(): void {
  const place = document.getElementById("playground");
  if (place === null) return;
  createRoot(place).render(
    <StrictMode>
      <PlaygroundPage />
    </StrictMode>,
  );
}

applyTheme();
// With the font, so that no text moves when it arrives; without it if it cannot be had.
void document.fonts.load('14px "Inter Variable"').then(show, show);

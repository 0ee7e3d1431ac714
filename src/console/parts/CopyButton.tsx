// A button that copies a text.
import { Check, Copy } from "lucide-react";
import { type ReactNode, useState } from "react";

interface Props {
  readonly text: string;
  /** What is copied, for screen readers, as `Copy WINTER-1`; and what is said once it is. */
  readonly label: string;
  readonly copied: string;
}

/** The button. */
export function CopyButton({ text, label, copied }: Props): ReactNode {
  const [copiedText, setCopied] = useState<string>();
  const isCopied = copiedText === text;
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={isCopied ? copied : label}
      title={isCopied ? copied : label}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}

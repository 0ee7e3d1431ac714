// The nonce of the page's content security policy, which styles made by scripts carry.

/** The nonce that the service gave this page. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}

/**
 * The content security policy under which the product promises to run: everything from the page's origin, WebAssembly
 * allowed, no inline code or style, no `blob:` and no `data:`. It is sent with every response: a worker is bound by the
 * policy of its own script.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "img-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
].join('; ');

/** Headers to send with every response. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
};

/**
 * The content security policy that the product promises to run under: everything from the page's own origin,
 * WebAssembly allowed, no inline code or style, no `blob:` and no `data:`. Sent with every response, worker scripts
 * included, since a worker's rules come with its own file.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "img-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
].join('; ');

export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
};

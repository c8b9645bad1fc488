/** How long a server may take to answer a probe, milliseconds: the shopper waits for the error meanwhile. */
const PATIENCE_MS = 4000;
/** So many bytes tell what a file is. */
const HEAD_BYTES = 64;

/** Beginnings of files that stand for another file: bytes as text (ISO 8859-1), and what they mean. */
const STAND_INS: readonly [RegExp, string][] = [
  [
    /^\s*<(!doctype|html|\?xml|head|body)/i,
    'The server answers with a web page in place of the file: there is no such file, and unknown addresses get a page (a fallback for single-page apps). Serve the file there, or correct the address (`assets`, `src`)',
  ],
  [
    /^version https:\/\/git-lfs/,
    'The file is a pointer of Git LFS, not its content: fetch it (`git lfs pull`) before you deploy',
  ],
  [
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a gzip file begins with these bytes (RFC 1952, 2.3.1).
    /^\x1f\x8b/,
    'The server sends the file compressed without saying so: it must add the header "Content-Encoding: gzip"',
  ],
];

/**
 * Asks the server of `url` (absolute) once more, after a failure, and returns what is wrong with its answer, and the way
 * out, as sentences for the page's author. Returns null if the answer is fine, or tells nothing.
 */
export async function probeFile(url: string): Promise<string | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, { signal: abort.signal, cache: 'no-store' });
    return response.ok ? await judgeContent(url, response) : judgeStatus(response);
  } catch {
    if (abort.signal.aborted) return `${new URL(url).host} does not answer within ${PATIENCE_MS / 1000} s`;
    return await judgeRefusal(url, abort.signal);
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

function judgeStatus({ status, statusText }: Response): string {
  const answer = `The server answers ${status} ${statusText}`.trim();
  if (status === 404 || status === 410)
    return `${answer}: serve the file there, or correct the address (\`assets\`, \`src\`)`;
  if (status === 401 || status === 403) return `${answer}: the file must be readable for everybody who sees the page`;
  return answer;
}

/** Judges the type and the first bytes of an answer. */
async function judgeContent(url: string, { headers, body }: Response): Promise<string | null> {
  const head = body ? await readHead(body) : '';
  for (const [pattern, meaning] of STAND_INS) if (pattern.test(head)) return meaning;
  if (head === '') return 'The file is empty';
  const type = headers.get('content-type') ?? 'no type';
  if (/\.m?js$/.test(new URL(url).pathname) && !/javascript|ecmascript/.test(type))
    return `The server calls the script "${type}": browsers run it only as "text/javascript"`;
  return null;
}

/** Resolves to the first bytes of a body as text (ISO 8859-1), and ends the download. */
async function readHead(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const reader = body.getReader();
  let head = '';
  while (head.length < HEAD_BYTES) {
    const { value, done } = await reader.read();
    if (done) break;
    head += String.fromCharCode(...value.slice(0, HEAD_BYTES - head.length));
  }
  void reader.cancel().catch(() => undefined);
  return head;
}

/** Tells why a request got no answer that the page may read. */
async function judgeRefusal(url: string, signal: AbortSignal): Promise<string | null> {
  if (globalThis.navigator?.onLine === false) return 'The device has no network';
  const { origin } = new URL(url);
  const directive = await violatedDirective(url, signal);
  if (directive) return `The page's content security policy forbids it: add ${origin} to "${directive}"`;
  if (await isRedirected(url, signal))
    return 'The server redirects it to another address, which does not let this page read it: serve the file itself there';
  if (origin === globalThis.location?.origin) return 'The server cannot be reached';
  // An answer that the page may not read arrives all the same if it is asked for so.
  const isThere = await fetch(url, { mode: 'no-cors', signal }).then(
    () => true,
    () => false,
  );
  return isThere
    ? `${origin} does not let other origins read the file: it must send the header "Access-Control-Allow-Origin: *"`
    : `${origin} cannot be reached`;
}

/** Whether the server of `url` answers with another address. */
function isRedirected(url: string, signal: AbortSignal): Promise<boolean> {
  return fetch(url, { redirect: 'manual', signal }).then(
    ({ type }) => type === 'opaqueredirect',
    () => false,
  );
}

/** Requests `url` again and returns the directive of the content security policy that forbids it; null if none does. */
async function violatedDirective(url: string, signal: AbortSignal): Promise<string | null> {
  if (typeof document === 'undefined') return null;
  let directive: string | null = null;
  const onViolation = ({ blockedURI, effectiveDirective, disposition }: SecurityPolicyViolationEvent): void => {
    if (url.startsWith(blockedURI) && disposition === 'enforce') directive = effectiveDirective;
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  await fetch(url, { mode: 'no-cors', signal }).catch(() => undefined);
  // The event comes after the request has failed.
  await new Promise((resolve) => setTimeout(resolve));
  document.removeEventListener('securitypolicyviolation', onViolation);
  return directive;
}

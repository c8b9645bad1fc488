import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';

/**
 * Notes from now on what the content security policy of this worker, which is that of its own file, forbids. Returns a
 * function that resolves to a sentence about it for the page's author, which begins with the end of the one before; to an
 * empty text where all was allowed. A forbidden request fails as one without a network does.
 */
export function watchOwnPolicy(): () => Promise<string> {
  let sentence = '';
  globalThis.addEventListener('securitypolicyviolation', (event) => {
    const { disposition, effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
    if (disposition !== 'enforce' || !blockedURI.startsWith('http')) return;
    // Policies name elements' scripts by a directive that few know; the common one allows them, too.
    const directive = effectiveDirective.replace('-elem', '');
    const { href } = globalThis.location;
    const sender = href.startsWith('blob:')
      ? 'The content security policy of the page'
      : `The content security policy that is sent with ${href}`;
    sentence = `. ${sender} forbids it: add ${new URL(blockedURI).origin} to "${directive}"`;
  });
  return async () => {
    // The event comes after the request has failed.
    await yieldToEventLoop();
    return sentence;
  };
}

import type { FittingErrorCode } from '../errors.ts';

/** The policy of a document as Chromium tells it; other browsers have no such interface. */
type PolicyDocument = Document & { featurePolicy?: { allowsFeature(name: string): boolean } };

const IFRAME = 'Write <iframe allow="camera" …>, in each iframe around it too';
const HEADER = 'Send the header "Permissions-Policy: camera=(self)", or none';

/**
 * Tells why the browser gives the page no camera, and the way out, as sentences for the page's author; null where
 * nothing is to be added.
 */
export async function findCameraCause(code: FittingErrorCode): Promise<string | null> {
  const isFramed = globalThis.top !== globalThis.self;
  if (code === 'insecure-context') {
    if (!globalThis.isSecureContext) return null;
    return 'The page is secure, but this browser gives pages no camera: it is the browser of an app (a social network, a mail program). The shopper can open the page in the device’s own browser, or choose a photo';
  }
  if (code !== 'camera-denied') return null;
  const { featurePolicy } = document as PolicyDocument;
  if (featurePolicy?.allowsFeature('camera') === false)
    return isFramed
      ? `The page is in an iframe that may not use the camera. ${IFRAME}; and the page around it must allow it: ${HEADER}`
      : `The page's Permissions-Policy forbids the camera. ${HEADER}`;
  const state = await permissionState();
  if (state === 'denied') return 'The shopper, or the device, has blocked the camera for this page';
  // Where the browser does not tell the policy, an iframe without `allow` looks like a shopper who refuses.
  if (isFramed && !featurePolicy) return `The shopper has refused, or the iframe may not use the camera. ${IFRAME}`;
  return 'The shopper has not allowed the camera';
}

/** The state of the permission; null where the browser does not tell it. */
async function permissionState(): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name: 'camera' as PermissionName })).state;
  } catch {
    return null;
  }
}

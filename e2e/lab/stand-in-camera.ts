/** Opens a camera, as `getUserMedia` does. */
type OpenCamera = () => Promise<MediaStream>;

/** A camera that shows one picture. */
export interface StandInCamera {
  open: OpenCamera;
  /** Video tracks of all streams that were opened, in order. */
  tracks: MediaStreamTrack[];
  /**
   * Tells the page that the last stream's track has ended, as a browser does when the plug is pulled. Returns false in
   * Firefox, whose tracks pass on no event of a page.
   */
  lose(): boolean;
  /** Ends the drawing. */
  close(): void;
}

/**
 * Makes a camera that shows `photo`, from a canvas that is drawn again and again. `frameMs`: time between two pictures,
 * milliseconds.
 */
export async function cameraOf(photo: Blob, frameMs: number): Promise<StandInCamera> {
  const picture = await createImageBitmap(photo);
  const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
  const context = canvas.getContext('2d');
  const tracks: MediaStreamTrack[] = [];
  let count = 0;
  const timer = setInterval(() => {
    context?.drawImage(picture, 0, 0);
    // A canvas that looks the same gives no new frame in some browsers.
    if (context) context.fillStyle = count++ % 2 ? '#000' : '#fff';
    context?.fillRect(0, 0, 2, 2);
  }, frameMs);
  return {
    tracks,
    async open() {
      // Without a rate WebKitGTK gives the first picture only.
      const stream = canvas.captureStream(1000 / frameMs);
      tracks.push(...stream.getVideoTracks());
      return stream;
    },
    lose() {
      let isHeard = false;
      const track = tracks.at(-1);
      track?.addEventListener('ended', () => (isHeard = true), { once: true });
      track?.dispatchEvent(new Event('ended'));
      return isHeard;
    },
    close: () => clearInterval(timer),
  };
}

/** Makes a camera that rejects with a `DOMException` of this name, as browsers do. */
export function refusingCamera(name: string): OpenCamera {
  return () => Promise.reject(new DOMException(`refused by the test: ${name}`, name));
}

/** Replaces the page's `getUserMedia`; null: the page has none, as in the browsers of some apps. */
export function replaceCamera(open: OpenCamera | null): void {
  const mediaDevices = open && { getUserMedia: open, enumerateDevices: () => Promise.resolve([]) };
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: mediaDevices ?? undefined });
}

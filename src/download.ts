/**
 * Counts the bytes of a response while they are read.
 *
 * @param onLoaded called after each piece with the bytes so far and the bytes of the piece. When it throws, the
 * download ends, and readers of the returned stream get the same error.
 * @returns a stream of the same bytes, for a parser that works while they arrive, or for `readBytes`.
 */
export function countBytes(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLoaded: (loaded: number, added: number) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let loaded = 0;
  return body.pipeThrough(
    new TransformStream({
      transform(chunk: Uint8Array<ArrayBuffer>, controller) {
        loaded += chunk.byteLength;
        onLoaded(loaded, chunk.byteLength);
        controller.enqueue(chunk);
      },
    }),
  );
}

/** Reads all bytes of a stream. Rejects with the stream's own error, which a `Response` of the stream might replace. */
export async function readBytes(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) chunks.push(step.value);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Returns the number of bytes that a response's body will have. Returns 0 where it is not known: without a
 * `content-length`, and for a compressed response, whose `content-length` counts the compressed bytes.
 */
export function totalBytes({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
}

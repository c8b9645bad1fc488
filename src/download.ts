/**
 * Passes the bytes of a response on unchanged and counts them while they are read.
 *
 * @param body the body of a response; the returned stream locks it.
 * @param onLoaded called for each chunk with the number of bytes so far, this chunk included, and the number of bytes
 * of the chunk. If it throws, the download ends, and readers of the returned stream get the same error.
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

/**
 * Reads a stream to its end and returns all its bytes in one array. Rejects with the stream's own error; a `Response`
 * of the stream might replace it by another.
 */
export async function readBytes(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) chunks.push(step.value);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Returns the number of bytes that a response's body will have, from its `content-length` header. Returns 0 where the
 * number is not known: without that header, and for a compressed response, whose header counts the compressed bytes.
 */
export function totalBytes({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
}

import { DataTexture, LinearFilter, RedFormat, type Texture } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { Pass } from './pass.ts';

/**
 * The person's mask on the GPU, of the frame that is drawn: coverage in the red channel, 0..1, rows from the top.
 * Without a mask the coverage is 0 everywhere.
 */
export class PersonTexture implements Pass {
  readonly layers = [];
  readonly uniform: { value: Texture };
  readonly #empty = create(new Uint8Array(1), 1, 1);
  #mask: DataTexture | null = null;

  constructor() {
    this.uniform = { value: this.#empty };
  }

  takeBody(_body: PosedBody, { mask: person }: Pick<TrackedFrame, 'mask'>): void {
    if (!person) {
      this.uniform.value = this.#empty;
      return;
    }
    const { width, height } = person;
    if (!this.#mask || this.#mask.image.width !== width || this.#mask.image.height !== height) {
      // A texture keeps the size of its first upload.
      this.#mask?.dispose();
      this.#mask = create(new Uint8Array(width * height), width, height);
    }
    (this.#mask.image.data as Uint8Array).set(person.data);
    this.#mask.needsUpdate = true;
    this.uniform.value = this.#mask;
  }

  release(): void {
    this.#mask?.dispose();
    this.#empty.dispose();
  }
}

function create(data: Uint8Array<ArrayBuffer>, width: number, height: number): DataTexture {
  const texture = new DataTexture(data, width, height, RedFormat);
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}

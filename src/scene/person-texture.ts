import { DataTexture, LinearFilter, RedFormat, type Texture } from 'three';
import type { PersonMask } from '../tracking/tracker.ts';

/** The person's mask on the GPU, for the frame that is drawn: coverage in red, rows from the top. */
export class PersonTexture {
  /** Nobody, as long as there is no mask. */
  readonly uniform: { value: Texture };
  private readonly nobody = create(new Uint8Array(1), 1, 1);
  private mask: DataTexture | null = null;

  constructor() {
    this.uniform = { value: this.nobody };
  }

  /** Copies a frame's mask. */
  take(person: PersonMask | null): void {
    if (!person) {
      this.uniform.value = this.nobody;
      return;
    }
    const { width, height } = person;
    if (!this.mask || this.mask.image.width !== width || this.mask.image.height !== height) {
      // Storage on the GPU is made once for one size.
      this.mask?.dispose();
      this.mask = create(new Uint8Array(width * height), width, height);
    }
    (this.mask.image.data as Uint8Array).set(person.data);
    this.mask.needsUpdate = true;
    this.uniform.value = this.mask;
  }

  dispose(): void {
    this.mask?.dispose();
    this.nobody.dispose();
  }
}

function create(data: Uint8Array<ArrayBuffer>, width: number, height: number): DataTexture {
  const texture = new DataTexture(data, width, height, RedFormat);
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}

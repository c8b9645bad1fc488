import { EXPORT_ANEW, garmentInvalid } from './garment-invalid.ts';
import { type Glb, isJson, type Json, list } from './read-glb.ts';

/** Bytes of one component by glTF's component type, and components of one element by its accessor type. */
const COMPONENT_BYTES: Record<number, number> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const COMPONENTS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };

/** Returns the bytes of one element of an untrusted accessor; NaN when glTF does not define its types. */
export function elementBytes({ type, componentType }: Json): number {
  return (COMPONENTS[String(type)] ?? NaN) * (COMPONENT_BYTES[Number(componentType)] ?? NaN);
}

/** Whether a buffer view is compressed by an extension (EXT_meshopt_compression). */
function isCompressed(view: Json): boolean {
  return (
    isJson(view.extensions) &&
    Object.values(view.extensions).some((packed) => isJson(packed) && packed.count !== undefined)
  );
}

/**
 * Checks that the bytes of each buffer view are inside the binary chunk, and those of each accessor inside its view.
 * Skips compressed views, which their decoder checks. Throws `FittingError` `garment-invalid`, which names the first
 * view or accessor that reaches too far.
 *
 * @param glb JSON header and binary chunk of a garment file; `checkReferences` must have accepted the header.
 */
export function checkRanges({ json, binary }: Glb): void {
  const views = list(json.bufferViews);
  views.forEach((view, i) => {
    if (isCompressed(view)) return;
    const first = Number(view.byteOffset ?? 0);
    const length = Number(view.byteLength);
    if (!(first >= 0 && length >= 0 && first + length <= binary.byteLength))
      throw garmentInvalid(`bufferViews[${i}] reaches beyond the end of the file`, EXPORT_ANEW);
  });
  list(json.accessors).forEach((accessor, i) => {
    const view = accessor.bufferView === undefined ? null : views[Number(accessor.bufferView)];
    const count = Number(accessor.count);
    if (!view || isCompressed(view) || count === 0) return;
    const bytes = elementBytes(accessor);
    const stride = Number(view.byteStride ?? bytes);
    const first = Number(accessor.byteOffset ?? 0);
    if (!(first >= 0 && stride >= bytes && first + stride * (count - 1) + bytes <= Number(view.byteLength)))
      throw garmentInvalid(`accessors[${i}] reaches beyond the end of its data`, EXPORT_ANEW);
  });
}

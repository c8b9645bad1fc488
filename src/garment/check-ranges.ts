import { FittingError } from '../errors.ts';
import { isJson, type Json, list } from './check-references.ts';

const COMPONENT_BYTES: Record<number, number> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const COMPONENTS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };

/** Bytes of one element of an accessor; NaN when its types are none of glTF's. */
export function elementBytes({ type, componentType }: Json): number {
  return (COMPONENTS[String(type)] ?? NaN) * (COMPONENT_BYTES[Number(componentType)] ?? NaN);
}

function invalid(reason: string): FittingError {
  return new FittingError('garment-invalid', reason);
}
function isCompressed(view: Json): boolean {
  return (
    isJson(view.extensions) &&
    Object.values(view.extensions).some((packed) => isJson(packed) && packed.count !== undefined)
  );
}

/** Bytes before the binary chunk of a GLB: its header, two chunk headers and the JSON. */
const BINARY_OVERHEAD = 28;

/**
 * Whether views lie in the file and accessors in their views; throws `FittingError` `garment-invalid` with the first that
 * does not. Compressed views are left to their decoder. After `checkReferences`.
 */
export function checkRanges(file: ArrayBuffer, json: Json): void {
  const available = Math.max(0, file.byteLength - BINARY_OVERHEAD - new DataView(file).getUint32(12, true));
  const views = list(json.bufferViews);
  views.forEach((view, i) => {
    const first = Number(view.byteOffset ?? 0);
    const length = Number(view.byteLength);
    if (isCompressed(view)) return;
    if (!(first >= 0 && length >= 0 && first + length <= available))
      throw invalid(`bufferViews[${i}] reaches beyond the end of the file`);
  });
  list(json.accessors).forEach((accessor, i) => {
    const view = accessor.bufferView === undefined ? null : views[Number(accessor.bufferView)];
    const count = Number(accessor.count);
    if (!view || isCompressed(view) || count === 0) return;
    const bytes = elementBytes(accessor);
    const stride = Number(view.byteStride ?? bytes);
    const first = Number(accessor.byteOffset ?? 0);
    if (!(first >= 0 && stride >= bytes && first + stride * (count - 1) + bytes <= Number(view.byteLength))) {
      throw invalid(`accessors[${i}] reaches beyond the end of its data`);
    }
  });
}

import { type Material, MeshBasicMaterial, type MeshStandardMaterial } from 'three';
import { replaceOnce } from '../math/replace-once.ts';

/**
 * Creates an unlit material of one CSS colour, `color`, for drawing masks. Its alpha test discards the same pixels as
 * that of the given material, whether the alpha is in the vertex colours (which must be white) or in the map. The
 * caller disposes of the material; the map stays the given material's.
 */
export function createFlatMaterial(
  { alphaTest, vertexColors, side, map }: MeshStandardMaterial,
  color: string,
): Material {
  const isCutByMap = alphaTest > 0 && map !== null;
  const flat = new MeshBasicMaterial({
    color,
    alphaTest,
    vertexColors,
    side,
    map: isCutByMap ? map : null,
    toneMapped: false,
  });
  if (isCutByMap) {
    // Only the map's alpha is wanted: replace its colours by the flat one.
    flat.onBeforeCompile = (shader) => {
      shader.fragmentShader = replaceOnce(
        shader.fragmentShader,
        '#include <opaque_fragment>',
        'outgoingLight = diffuse;\n#include <opaque_fragment>',
      );
    };
  }
  return flat;
}

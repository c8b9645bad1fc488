import { type Material, MeshBasicMaterial, type MeshStandardMaterial } from 'three';
import { replaceOnce } from '../math/replace-once.ts';

/**
 * Creates an unlit material of one CSS colour for drawing masks. It discards the same pixels as the given material does
 * by its alpha test, whether the alpha comes from the vertex colours or from the map.
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

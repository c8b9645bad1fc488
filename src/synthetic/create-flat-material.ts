import { type Material, MeshBasicMaterial, type MeshStandardMaterial } from 'three';
import { replaceOnce } from '../math/replace-once.ts';

/**
 * A material of one colour (CSS), without light, for drawing masks. It leaves out the same pixels as the given material, by
 * vertex alpha or by the alpha of its map.
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
    // The map is there for its alpha: its colours are left out.
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

import {
  BufferAttribute,
  BufferGeometry,
  FrontSide,
  LinearFilter,
  Mesh,
  MeshNormalMaterial,
  type PerspectiveCamera,
  Scene,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';
import { codeAreas } from './body-areas.ts';
import { addSkin, type BodyBones } from './body-bones.ts';
import type { DrawContext, Pass } from './pass.ts';

/**
 * Draws where the posed body is in the picture, for the passes that erase the shopper's own clothes. Input: the shaped
 * mannequin (rest pose, metres) and the matrices of its bones. Output: `uniform`, a texture of half the drawing
 * buffer's size, its first row at the bottom:
 *
 * - red and green: x and y of the surface's normal in camera space, 0..1 for −1..1;
 * - blue: code of the body's area (`bodyAreas`), as a share of 255;
 * - alpha: 1 on the body, SHELL_ALPHA in the shell around it, 0 elsewhere.
 *
 * The shell is the body with its surface moved outwards by SHELL_METRES. Tight cloth lies in it: fabric, and the error
 * of the solved body.
 */

/** Thickness of the shell, metres: trousers of denim on a body that is solved to a centimetre. */
export const SHELL_METRES = 0.03;
/** Alpha of the shell. */
const SHELL_ALPHA = 0.5;
/** The buffer's size is divided by this: normals change slowly, and the outline is interpolated. */
const SCALE = 0.5;

/** The pass (a step of the stage's drawing) that draws normals and areas of the posed body. */
export class BodySurface implements Pass {
  readonly layers = ['scene'] as const;
  readonly needsBody = true;
  /** Uniform with the texture. */
  readonly uniform: { value: WebGLRenderTarget['texture'] };
  /** Whether the next pictures need it. Nothing is drawn while this is false. */
  isNeeded = false;
  readonly #scene = new Scene();
  readonly #geometry = new BufferGeometry();
  readonly #position: BufferAttribute;
  readonly #normal: BufferAttribute;
  readonly #materials: readonly MeshNormalMaterial[];
  readonly #target = new WebGLRenderTarget(1, 1, { minFilter: LinearFilter, magFilter: LinearFilter });

  /** @param mannequin mesh and skin of the body; `bones`: the matrices that pose it. */
  constructor({ positions, normals, indices, skinIndices, skinWeights }: Mannequin, bones: BodyBones) {
    this.uniform = { value: this.#target.texture };
    this.#position = new BufferAttribute(positions.slice(), 3);
    this.#normal = new BufferAttribute(normals.slice(), 3);
    this.#geometry.setAttribute('position', this.#position);
    this.#geometry.setAttribute('normal', this.#normal);
    this.#geometry.setAttribute('area', new BufferAttribute(areasOf(skinIndices, skinWeights), 1));
    addSkin(this.#geometry, skinIndices, skinWeights);
    this.#geometry.setIndex(new BufferAttribute(indices, 1));
    const shell = createSurfaceMaterial(bones, { outMetres: SHELL_METRES, alpha: SHELL_ALPHA });
    const skin = createSurfaceMaterial(bones, { outMetres: 0, alpha: 1 });
    this.#materials = [shell, skin];
    this.#materials.forEach((material, order) => {
      const mesh = new Mesh(this.#geometry, material);
      mesh.frustumCulled = false;
      mesh.renderOrder = order;
      // The body is drawn over its whole shell: where an arm's shell lies before the trunk, the trunk shows.
      if (material === skin) mesh.onBeforeRender = (renderer) => renderer.clearDepth();
      this.#scene.add(mesh);
    });
  }

  /** Takes the shaped body in its rest pose: 3 × vertices, metres, and normals. */
  takeShape({ positions, normals }: Pick<MannequinShape, 'positions' | 'normals'>): void {
    this.#position.copyArray(positions).needsUpdate = true;
    this.#normal.copyArray(normals).needsUpdate = true;
  }

  /** Draws the body. `width` and `height`: size of the drawing buffer, px. */
  prepare({ renderer, camera, hidesOwnClothes, width, height }: DrawContext): void {
    if (!this.isNeeded || !hidesOwnClothes) return;
    const targetWidth = Math.max(1, Math.round(width * SCALE));
    const targetHeight = Math.max(1, Math.round(height * SCALE));
    if (this.#target.width !== targetWidth || this.#target.height !== targetHeight)
      this.#target.setSize(targetWidth, targetHeight);
    renderer.setRenderTarget(this.#target);
    renderer.render(this.#scene, camera);
    renderer.setRenderTarget(null);
  }

  compile(renderer: WebGLRenderer, camera: PerspectiveCamera): void {
    renderer.compile(this.#scene, camera);
  }

  release(): void {
    this.#target.dispose();
    this.#geometry.dispose();
    for (const material of this.#materials) material.dispose();
  }
}

/** Returns the code of the area of each vertex: that of the bone with the largest of its four skin weights. */
function areasOf(skinIndices: Uint16Array, skinWeights: Float32Array): Uint8Array {
  const codes = codeAreas(boneNames);
  return Uint8Array.from({ length: skinIndices.length / 4 }, (_, i) => {
    let heaviest = 4 * i;
    for (let k = 4 * i; k < 4 * i + 4; k++) if (skinWeights[k] > skinWeights[heaviest]) heaviest = k;
    return codes[skinIndices[heaviest]];
  });
}

/** Creates the material that writes normal, area and `alpha`, on the surface moved outwards by `outMetres`. */
function createSurfaceMaterial(
  bones: BodyBones,
  { outMetres, alpha }: { outMetres: number; alpha: number },
): MeshNormalMaterial {
  const material = new MeshNormalMaterial({ side: FrontSide });
  material.onBeforeCompile = (shader) => {
    bones.poseVertices(shader, `transformed += normal * ${outMetres.toFixed(4)};`);
    shader.vertexShader = replaceOnce(
      replaceOnce(
        shader.vertexShader,
        '#include <common>',
        '#include <common>\nattribute float area;\nflat varying float areaCode;',
      ),
      '#include <project_vertex>',
      '#include <project_vertex>\nareaCode = area;',
    );
    shader.fragmentShader = /* glsl */ `
      varying vec3 vNormal;
      flat varying float areaCode;
      void main() {
        gl_FragColor = vec4(normalize(vNormal).xy * 0.5 + 0.5, areaCode / 255.0, ${alpha.toFixed(3)});
      }`;
  };
  material.customProgramCacheKey = () => `body-surface-${outMetres}`;
  return material;
}

import { Color, type Material, type MeshStandardMaterial, type SkinnedMesh, WebGLRenderTarget } from 'three';
import { createFlatMaterial } from './create-flat-material.ts';
import type { PersonLayer } from './dress-person.ts';
import type { MannequinStage } from './mannequin-stage.ts';

/** How much of each pixel of the frame the visible part of a person or garment covers. */
export interface MannequinMask {
  /** Pixels. */
  width: number;
  height: number;
  /** One byte for each pixel, `width` × `height`, rows from the top: 0 not covered .. 255 wholly covered. */
  data: Uint8ClampedArray;
}

/** What a pixel of a dressed person shows. `lower`: trousers and shoes. Garments worn over the clothes are in no class. */
export type PersonClass = 'hair' | 'skin' | 'upper' | 'lower';

/**
 * Draws masks of the first person on a stage: the scene in which dressed mannequins are filmed. A stage may show a
 * second person too, for example one that walks past: the second person has no masks, but hides the first.
 */
export interface MaskDrawer {
  /**
   * Draws the pose that the stage's last `moveTo` has set, and writes the mask to `target`; `target.data` is replaced
   * if its length is not width × height. Blocks until the GPU has drawn.
   *
   * Without `part` the mask is that of the whole first person with all clothes and garments. With it the mask is
   * that of one garment only, an index into the option `garments` of the first person, or of one class. Pixels that the
   * second person, or the rest of the first, hides are 0. Floor, wall and sensor noise are not drawn and hide nothing.
   */
  draw(target: MannequinMask, part?: number | PersonClass): void;
  /** Frees the drawer's materials and its render target. */
  dispose(): void;
}

/** A mesh of the stage with the materials for masks. */
interface FlatMesh {
  mesh: SkinnedMesh;
  /** Index of the first person's garment, or the class of that person's layer; null for the second person. */
  part: number | PersonClass | null;
  /** The mesh's material in the picture, put back after each mask. */
  material: SkinnedMesh['material'];
  /** For meshes in the mask. */
  white: Material;
  /** For meshes that only hide others. */
  black: Material;
}

const background = new Color('#000000');
/** Samples per pixel, so that the mask's edges are as smooth as the picture's. */
const SAMPLES = 4;
const layerClasses: Record<PersonLayer, PersonClass> = {
  body: 'skin',
  hair: 'hair',
  top: 'upper',
  shorts: 'lower',
  shoes: 'lower',
};

/**
 * Creates a drawer of masks of a stage (its scene, camera, renderer and persons), `width` × `height` pixels each. It
 * creates materials and a render target once for all masks. The caller disposes of it before the stage.
 */
export function createMaskDrawer(stage: MannequinStage, width: number, height: number): MaskDrawer {
  const { renderer, scene, camera, surroundings } = stage;
  const renderTarget = new WebGLRenderTarget(width, height, { samples: SAMPLES });
  const pixels = new Uint8Array(4 * width * height);
  const meshes = listMeshes(stage);

  return {
    draw(target, wanted) {
      const sceneBackground = scene.background;
      scene.background = background;
      for (const mesh of surroundings) mesh.visible = false;
      for (const { mesh, part, white, black } of meshes) {
        const isWanted = part !== null && (wanted === undefined || wanted === part);
        mesh.material = isWanted ? white : black;
      }
      renderer.setRenderTarget(renderTarget);
      renderer.render(scene, camera);
      renderer.readRenderTargetPixels(renderTarget, 0, 0, width, height, pixels);
      renderer.setRenderTarget(null);
      for (const { mesh, material } of meshes) mesh.material = material;
      for (const mesh of surroundings) mesh.visible = true;
      scene.background = sceneBackground;
      copyCoverage(pixels, width, height, target);
    },
    dispose() {
      for (const { white, black } of meshes) {
        white.dispose();
        black.dispose();
      }
      renderTarget.dispose();
    },
  };
}

/** Lists the meshes of both persons, with new materials for masks. */
function listMeshes({ figure, second }: MannequinStage): FlatMesh[] {
  const flat = (mesh: SkinnedMesh, part: FlatMesh['part']): FlatMesh => {
    const material = mesh.material as MeshStandardMaterial;
    return {
      mesh,
      part,
      material,
      white: createFlatMaterial(material, '#ffffff'),
      black: createFlatMaterial(material, '#000000'),
    };
  };
  return [
    ...Array.from(figure.layers, ([layer, mesh]) => flat(mesh, layerClasses[layer])),
    // The materials of loose clothes have the name of their layer.
    ...figure.clothes.map((mesh) => flat(mesh, layerClasses[(mesh.material as Material).name as PersonLayer])),
    ...figure.garments.flatMap((parts, garment) => parts.map((mesh) => flat(mesh, garment))),
    ...(second ? [...second.layers.values(), ...second.clothes, ...second.garments.flat()] : []).map((mesh) =>
      flat(mesh, null),
    ),
  ];
}

/**
 * Copies the red channel of RGBA `pixels` (rows bottom to top, as WebGL reads them) into `target`, rows top to bottom.
 */
function copyCoverage(pixels: Uint8Array, width: number, height: number, target: MannequinMask): void {
  if (target.data.length !== width * height) target.data = new Uint8ClampedArray(width * height);
  target.width = width;
  target.height = height;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) target.data[y * width + x] = pixels[4 * ((height - 1 - y) * width + x)];
}

import { Color, type Material, type MeshStandardMaterial, type SkinnedMesh, WebGLRenderTarget } from 'three';
import { createFlatMaterial } from './create-flat-material.ts';
import type { MannequinStage } from './mannequin-stage.ts';

/** Coverage of the frame's pixels, 0..255, rows top to bottom. */
export interface MannequinMask {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Draws what is visible of the first person or of their garments. */
export interface MaskDrawer {
  /**
   * Draws the moment that the stage stands at and reads the coverage back into `target`: of the whole first person, or
   * only of the garment with the index `garment`. What the second person or other layers hide is not covered. Waits for
   * the GPU.
   */
  draw(target: MannequinMask, garment?: number): void;
  dispose(): void;
}

interface FlatMesh {
  mesh: SkinnedMesh;
  /** Index of the first person's garment, −1 for that person's skin and clothes, null for the second person. */
  garment: number | null;
  material: SkinnedMesh['material'];
  white: Material;
  black: Material;
}

const background = new Color('#000000');
/** Samples per pixel, so that the mask's edges are as smooth as the picture's. */
const SAMPLES = 4;

/**
 * Makes the drawer of a stage's masks, `width` × `height` pixels. Its materials and its render target are made once for
 * all masks; dispose of it before the stage.
 */
export function createMaskDrawer(stage: MannequinStage, width: number, height: number): MaskDrawer {
  const { renderer, scene, camera, surroundings } = stage;
  const renderTarget = new WebGLRenderTarget(width, height, { samples: SAMPLES });
  const pixels = new Uint8Array(4 * width * height);
  const meshes = listMeshes(stage);

  return {
    draw(target, garment) {
      const sceneBackground = scene.background;
      scene.background = background;
      for (const mesh of surroundings) mesh.visible = false;
      for (const { mesh, garment: index, white, black } of meshes) {
        const isWanted = index !== null && (garment === undefined || garment === index);
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

function listMeshes({ figure, second }: MannequinStage): FlatMesh[] {
  const flat = (mesh: SkinnedMesh, garment: number | null): FlatMesh => {
    const material = mesh.material as MeshStandardMaterial;
    return {
      mesh,
      garment,
      material,
      white: createFlatMaterial(material, '#ffffff'),
      black: createFlatMaterial(material, '#000000'),
    };
  };
  return [
    ...[...figure.layers.values()].map((mesh) => flat(mesh, -1)),
    ...figure.garments.flatMap((parts, garment) => parts.map((mesh) => flat(mesh, garment))),
    ...[...(second?.layers.values() ?? []), ...(second?.garments.flat() ?? [])].map((mesh) => flat(mesh, null)),
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

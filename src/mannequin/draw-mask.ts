import { Color, MeshBasicMaterial, WebGLRenderTarget, type MeshStandardMaterial } from 'three';
import type { MannequinStage } from './mannequin-stage.ts';

/** Draws the person white on black and reads the coverage back, rows top to bottom. Makes a fresh target each time: for truth, not for every frame. */
export const drawMask = (
  stage: MannequinStage, width: number, height: number, target: { width: number; height: number; data: Uint8ClampedArray },
): void => {
  const { renderer, scene, camera } = stage;
  const renderTarget = new WebGLRenderTarget(width, height, { samples: 4 });
  const kept = [...stage.layers.values()].map((mesh) => mesh.material as MeshStandardMaterial);
  const whites = kept.map((material) => new MeshBasicMaterial({ color: '#ffffff', alphaTest: material.alphaTest, vertexColors: material.vertexColors, side: material.side }));
  const background = scene.background;
  const swap = (materials: readonly (MeshStandardMaterial | MeshBasicMaterial)[], visible: boolean): void => {
    [...stage.layers.values()].forEach((mesh, i) => { mesh.material = materials[i]!; });
    for (const mesh of stage.surroundings) mesh.visible = visible;
  };
  swap(whites, false);
  scene.background = new Color('#000000');
  renderer.setRenderTarget(renderTarget);
  renderer.render(scene, camera);
  const pixels = new Uint8Array(4 * width * height);
  renderer.readRenderTargetPixels(renderTarget, 0, 0, width, height, pixels);
  renderer.setRenderTarget(null);
  scene.background = background;
  swap(kept, true);
  renderTarget.dispose();
  for (const material of whites) material.dispose();
  if (target.data.length !== width * height) target.data = new Uint8ClampedArray(width * height);
  target.width = width;
  target.height = height;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) target.data[y * width + x] = pixels[4 * ((height - 1 - y) * width + x)]!;
};

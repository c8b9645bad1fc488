import { Color, type Material, type MeshStandardMaterial, WebGLRenderTarget } from 'three';
import { createFlatMaterial } from './create-flat-material.ts';
import type { MannequinStage } from './mannequin-stage.ts';

/**
 * Draws the first person, or one garment of theirs (its number), white on black and reads the coverage back, rows top to bottom;
 * what anything else hides is black. Makes a fresh target each time: for truth, not for every frame.
 */
export function drawMask(
  stage: MannequinStage,
  width: number,
  height: number,
  target: { width: number; height: number; data: Uint8ClampedArray },
  garment?: number,
): void {
  const { renderer, scene, camera, figure, second } = stage;
  const layers = [
    ...[...figure.layers.values()].map((mesh) => ({ mesh, isWhite: garment === undefined })),
    ...figure.garments.flatMap((meshes, g) =>
      meshes.map((mesh) => ({ mesh, isWhite: garment === undefined || garment === g })),
    ),
    ...[...(second?.layers.values() ?? []), ...(second?.garments.flat() ?? [])].map((mesh) => ({
      mesh,
      isWhite: false,
    })),
  ];
  const renderTarget = new WebGLRenderTarget(width, height, { samples: 4 });
  const painted: { mesh: { material: Material }; kept: Material }[] = [];
  for (const { mesh, isWhite } of layers) {
    const kept = mesh.material as MeshStandardMaterial;
    painted.push({ mesh: mesh as { material: Material }, kept });
    (mesh as { material: Material }).material = createFlatMaterial(kept, isWhite ? '#ffffff' : '#000000');
  }
  const background = scene.background;
  scene.background = new Color('#000000');
  for (const mesh of stage.surroundings) mesh.visible = false;
  renderer.setRenderTarget(renderTarget);
  renderer.render(scene, camera);
  const pixels = new Uint8Array(4 * width * height);
  renderer.readRenderTargetPixels(renderTarget, 0, 0, width, height, pixels);
  renderer.setRenderTarget(null);
  scene.background = background;
  for (const mesh of stage.surroundings) mesh.visible = true;
  for (const { mesh, kept } of painted) {
    mesh.material.dispose();
    mesh.material = kept;
  }
  renderTarget.dispose();
  if (target.data.length !== width * height) target.data = new Uint8ClampedArray(width * height);
  target.width = width;
  target.height = height;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) target.data[y * width + x] = pixels[4 * ((height - 1 - y) * width + x)]!;
}

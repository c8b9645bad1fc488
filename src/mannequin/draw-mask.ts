import { Color, MeshBasicMaterial, WebGLRenderTarget, type Material } from 'three';
import type { MannequinStage } from './mannequin-stage.ts';

/**
 * Draws the first person white on black and reads the coverage back, rows top to bottom; what the second hides is black. Makes
 * a fresh target each time: for truth, not for every frame.
 */
export const drawMask = (
  stage: MannequinStage, width: number, height: number, target: { width: number; height: number; data: Uint8ClampedArray },
): void => {
  const { renderer, scene, camera, figure, second } = stage;
  const renderTarget = new WebGLRenderTarget(width, height, { samples: 4 });
  const painted: { mesh: { material: Material }; kept: Material }[] = [];
  for (const [layers, color] of [[figure.layers, '#ffffff'], [second?.layers, '#000000']] as const) {
    for (const mesh of layers?.values() ?? []) {
      const { alphaTest, vertexColors, side } = mesh.material;
      painted.push({ mesh, kept: mesh.material });
      (mesh as { material: Material }).material = new MeshBasicMaterial({ color, alphaTest, vertexColors, side, toneMapped: false });
    }
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
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) target.data[y * width + x] = pixels[4 * ((height - 1 - y) * width + x)]!;
};

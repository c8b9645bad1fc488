import { type Color, HemisphereLight, Light, type MeshStandardMaterial, Vector3 } from 'three';
import type { MannequinStage } from './mannequin-stage.ts';
import type { CameraGains } from './meter-exposure.ts';

/**
 * Returns a function that makes the next `draw` of a stage one of a camera with other gains than 1. It sets the exposure
 * for all lamps, and their colours for the white balance, so that what is too bright is clipped as in a camera. Call it
 * after each `moveTo`, which sets the exposure of the light's course. The stage has a studio, not a plain background.
 */
export function createStageExposer({ scene, renderer, surroundings }: MannequinStage): (gains: CameraGains) => void {
  const colours: { color: Color; full: Color }[] = [];
  const add = (color: Color): unknown => colours.push({ color, full: color.clone() });
  for (const child of scene.children)
    if (child instanceof Light) {
      add(child.color);
      if (child instanceof HemisphereLight) add(child.groundColor);
    }
  // Walls that send out light.
  for (const { material } of surroundings) {
    const { emissive } = material as MeshStandardMaterial;
    if (emissive) add(emissive);
  }
  const balance = new Vector3();
  return (gains) => {
    balance.fromArray(gains).divideScalar(gains[1]);
    renderer.toneMappingExposure *= gains[1];
    for (const { color, full } of colours) color.setRGB(full.r * balance.x, full.g * balance.y, full.b * balance.z);
  };
}

import type { Document } from '@gltf-transform/core';
import { KHRMaterialsPBRSpecularGlossiness, type PBRSpecularGlossiness } from '@gltf-transform/extensions';

/**
 * Converts the materials of the old workflow of specular colour and glossiness (`KHR_materials_pbrSpecularGlossiness`,
 * as older exporters wrote it) into those that three.js draws, in place: the diffuse colour becomes the base colour, and
 * roughness is 1 − glossiness. Cloth is no metal, so the specular colour goes.
 *
 * @returns One sentence for the merchandiser for each material that loses a map.
 */
export function convertSpecularGlossiness(document: Document): string[] {
  const warnings: string[] = [];
  for (const material of document.getRoot().listMaterials()) {
    const old = material.getExtension<PBRSpecularGlossiness>(KHRMaterialsPBRSpecularGlossiness.EXTENSION_NAME);
    if (!old) continue;
    material
      .setBaseColorFactor(old.getDiffuseFactor())
      .setBaseColorTexture(old.getDiffuseTexture())
      .setMetallicFactor(0)
      .setRoughnessFactor(1 - old.getGlossinessFactor())
      .setMetallicRoughnessTexture(null)
      .setExtension(KHRMaterialsPBRSpecularGlossiness.EXTENSION_NAME, null);
    const info = old.getDiffuseTextureInfo();
    if (info) material.getBaseColorTextureInfo()?.copy(info);
    if (old.getSpecularGlossinessTexture())
      warnings.push(`material ${material.getName()}: its specular-glossiness map is left out`);
  }
  for (const extension of document.getRoot().listExtensionsUsed())
    if (extension instanceof KHRMaterialsPBRSpecularGlossiness) extension.dispose();
  return warnings;
}

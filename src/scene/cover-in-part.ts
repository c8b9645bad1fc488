import { CustomBlending, OneFactor, ZeroFactor } from 'three';

/**
 * Settings of a material that shows the frame's image where a part of the shopper lies before cloth. A fragment's alpha
 * is the share of the pixel's samples that the part covers; the others keep what was drawn, and the canvas keeps its
 * alpha.
 */
export const coverInPart = {
  alphaToCoverage: true,
  blending: CustomBlending,
  blendSrc: OneFactor,
  blendDst: ZeroFactor,
  blendSrcAlpha: ZeroFactor,
  blendDstAlpha: OneFactor,
} as const;

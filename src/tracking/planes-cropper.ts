import type { FrameImage } from '../capture/frame-source.ts';
import type { Cropper, CropTarget } from './cropper.ts';
import { PIXEL_FORMATS, type PixelFormat, type Planes, PlanesKernel } from './planes-kernel.ts';
import type { Region } from './region.ts';
import { type YuvColors, yuvColors } from './yuv-colors.ts';

/** Width of the border around the region that is copied too, frame pixels, for the bilinear samples at its edge. */
const MARGIN = 2;

/**
 * Returns the conversion to RGB that a frame declares. Without a declaration the shorter side decides, as in players:
 * BT.709 from 720 px on, BT.601 below.
 */
function colorsOf({ colorSpace, codedWidth, codedHeight }: VideoFrame): YuvColors {
  const { matrix, fullRange } = colorSpace;
  const standard = matrix?.startsWith('bt2020')
    ? 2020
    : matrix === 'bt709'
      ? 709
      : matrix
        ? 601
        : Math.min(codedWidth, codedHeight) >= 720
          ? 709
          : 601;
  return yuvColors(standard, fullRange ?? false);
}

/** Whether the kernel can read this pixel format of a `VideoFrame`. */
function isReadable(format: string | null): format is PixelFormat {
  return (PIXEL_FORMATS as readonly (string | null)[]).includes(format);
}

/** Returns the largest even integer that is at most `value`, clamped to 0..`limit`. */
function clampToEven(value: number, limit: number): number {
  return Math.max(0, Math.min(limit, value)) & ~1;
}

/**
 * Creates a cropper: it cuts a rotated square out of a frame, and writes it as a network's input (`CropTarget`: `size`²
 * RGB pixels as numbers). It samples the bytes of a `VideoFrame` (YUV or RGB) as camera or decoder deliver them,
 * without a GPU and without a conversion of the whole frame. It copies only the rectangle around the region. Its `crop`
 * resolves to false for an `ImageBitmap`, and for a frame that is stretched or whose bytes it cannot read.
 *
 * @param maxSize largest side of the crops, px.
 */
export function createPlanesCropper(maxSize: number): Cropper {
  const kernel = new PlanesKernel(maxSize);
  const planes: Planes = {
    format: 'NV12',
    offsets: [],
    strides: [],
    left: 0,
    top: 0,
    width: 0,
    height: 0,
    colors: yuvColors(601, false),
  };
  const rect = { x: 0, y: 0, width: 0, height: 0 };
  const options = { rect };

  /** Copies `rect` of the frame into the kernel's memory. Resolves to null if the browser refuses. */
  const copy = async (image: VideoFrame): Promise<PlaneLayout[] | null> => {
    try {
      return await image.copyTo(kernel.reserve(image.allocationSize(options)), options);
    } catch {
      return null;
    }
  };

  return {
    async crop(image: FrameImage, width: number, height: number, region: Region, target: CropTarget): Promise<boolean> {
      if (!('copyTo' in image) || !isReadable(image.format)) return false;
      const visible = image.visibleRect;
      // Sizes that differ mean that the frame is shown stretched.
      if (!visible || visible.width !== width || visible.height !== height) return false;
      // Chroma planes of half size start at even pixels; `copyTo` throws for odd ones.
      if (visible.x % 2 !== 0 || visible.y % 2 !== 0) return false;
      const radius =
        (region.size / 2) * (Math.abs(Math.cos(region.rotation)) + Math.abs(Math.sin(region.rotation))) + MARGIN;
      const left = clampToEven(region.x - radius, width - 2);
      const top = clampToEven(region.y - radius, height - 2);
      rect.width = clampToEven(region.x + radius + 2, width) - left;
      rect.height = clampToEven(region.y + radius + 2, height) - top;
      if (rect.width <= 0 || rect.height <= 0) return false;
      rect.x = visible.x + left;
      rect.y = visible.y + top;
      const layout = await copy(image);
      if (!layout) return false;
      planes.format = image.format;
      for (let i = 0; i < layout.length; i++) {
        planes.offsets[i] = layout[i].offset;
        planes.strides[i] = layout[i].stride;
      }
      planes.left = left;
      planes.top = top;
      planes.width = rect.width;
      planes.height = rect.height;
      planes.colors = colorsOf(image);
      kernel.sample(planes, width, height, region, target);
      return true;
    },
  };
}

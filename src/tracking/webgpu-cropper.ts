import type { FrameImage } from '../capture/frame-source.ts';
import { AFFINE_VALUES, cropToTextureAffine } from './crop-affines.ts';
import type { CropTarget } from './cropper.ts';
import type { Region } from './region.ts';

/**
 * Cuts rotated squares out of frames on the GPU. Input: an image and a region in frame pixels. Output: RGB network
 * values in the buffer of a `WebGpuCrop`. `crop` queues three steps:
 *
 * 1. Copy the image into a texture.
 * 2. Write the affine and the network's range of values into the uniforms.
 * 3. Sample the texture bilinearly, once per pixel of the crop, into the buffer that the network reads.
 *
 * The `fromPixels` of TensorFlow.js does not accept a `VideoFrame`, and converts the whole frame to a tensor of 32 bits
 * a channel, 11 MB at 720p, of which a crop needs some tenths.
 */

/** Side of the square of pixels that one workgroup samples. */
const WORKGROUP_SIDE = 8;

/** Samples the frame for one pixel of the crop in each invocation, and writes its three network values. */
const SHADER = /* wgsl */ `
struct Crop {
  toTexture: mat3x2f,
  lowest: f32,
  highest: f32,
  side: u32,
  blackBorder: u32,
}
@group(0) @binding(0) var<uniform> crop: Crop;
@group(0) @binding(1) var frame: texture_2d<f32>;
@group(0) @binding(2) var linear: sampler;
@group(0) @binding(3) var<storage, read_write> values: array<f32>;

@compute @workgroup_size(${WORKGROUP_SIDE}, ${WORKGROUP_SIDE})
fn cut(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= vec2u(crop.side))) { return; }
  let position = crop.toTexture * vec3f(vec2f(id.xy) + 0.5, 1);
  var color = textureSampleLevel(frame, linear, position, 0).rgb;
  if (crop.blackBorder == 1 && any(position != saturate(position))) { color = vec3f(0); }
  let value = mix(vec3f(crop.lowest), vec3f(crop.highest), color);
  let offset = 3 * (id.y * crop.side + id.x);
  values[offset] = value.x;
  values[offset + 1] = value.y;
  values[offset + 2] = value.z;
}`;

/** Size of `Crop` in the shader: the affine and four numbers, without padding. */
const UNIFORM_VALUES = AFFINE_VALUES + 4;
const BYTES_PER_VALUE = 4;

/**
 * A square RGB picture in a buffer on the GPU, which a network reads. `size`: pixels per side. `border`: fill of the
 * parts outside the frame, `black` or `edge` (the frame's nearest edge pixel).
 */
export interface WebGpuCrop extends Pick<CropTarget, 'size' | 'border'> {
  /** size² × 3 floats: rows from the top, pixels from the left, red, green, blue. */
  readonly buffer: GPUBuffer;
  /** Network values of black and of white; those of other colours are linear between them. */
  readonly lowest: number;
  readonly highest: number;
}

/** Holds the GPU objects with which crops are cut; one for each worker. */
export class WebGpuCropper {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #sampler: GPUSampler;
  readonly #uniforms: GPUBuffer;
  readonly #numbers = new ArrayBuffer(UNIFORM_VALUES * BYTES_PER_VALUE);
  readonly #floats = new Float32Array(this.#numbers);
  readonly #integers = new Uint32Array(this.#numbers);
  readonly #cropToTexture = new Array<number>(AFFINE_VALUES).fill(0);
  #texture: GPUTexture | null = null;

  /** @param device the GPU on which the networks run. */
  constructor(device: GPUDevice) {
    this.#device = device;
    const module = device.createShaderModule({ label: 'crop', code: SHADER });
    this.#pipeline = device.createComputePipeline({ label: 'crop', layout: 'auto', compute: { module } });
    this.#sampler = device.createSampler({ magFilter: 'linear', minFilter: 'linear' });
    this.#uniforms = device.createBuffer({
      size: this.#numbers.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /**
   * Creates a crop with a buffer of its own, which exists as long as the device. `range`: pixels per side, network
   * values of black and of white, and fill outside the frame.
   */
  createCrop(range: Omit<WebGpuCrop, 'buffer'>): WebGpuCrop {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    return {
      ...range,
      buffer: this.#device.createBuffer({ label: 'crop', size: range.size ** 2 * 3 * BYTES_PER_VALUE, usage }),
    };
  }

  /**
   * Queues the GPU work that writes a crop into `target.buffer`, and returns before it is done. The caller may close
   * the image after the call.
   *
   * @param width width of the frame, px, as `height`.
   * @param region rotated square to cut out, frame pixels.
   * @param target the crop to write: size, range of values, fill outside the frame, and its buffer.
   */
  crop(image: FrameImage, width: number, height: number, region: Region, target: WebGpuCrop): void {
    const device = this.#device;
    // The image's own size: a copy of another size is an error of the GPU.
    const imageWidth = 'displayWidth' in image ? image.displayWidth : image.width;
    const imageHeight = 'displayHeight' in image ? image.displayHeight : image.height;
    const texture = this.#prepareTexture(imageWidth, imageHeight);
    device.queue.copyExternalImageToTexture({ source: image }, { texture }, [imageWidth, imageHeight]);
    this.#writeUniforms(width, height, region, target);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: this.#pipeline.getBindGroupLayout(0),
        entries: [this.#uniforms, texture.createView(), this.#sampler, target.buffer].map((resource, binding) => ({
          binding,
          resource: resource instanceof GPUBuffer ? { buffer: resource } : resource,
        })),
      }),
    );
    const groups = Math.ceil(target.size / WORKGROUP_SIDE);
    pass.dispatchWorkgroups(groups, groups);
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  /** Step 2. Frame size in px, region in frame pixels. */
  #writeUniforms(width: number, height: number, region: Region, { size, lowest, highest, border }: WebGpuCrop): void {
    const affine = this.#cropToTexture;
    cropToTextureAffine(region, size, width, height, affine);
    // The shader's matrix is stored column by column.
    for (let i = 0; i < AFFINE_VALUES; i++) this.#floats[2 * (i % 3) + Math.floor(i / 3)] = affine[i];
    this.#floats[AFFINE_VALUES] = lowest;
    this.#floats[AFFINE_VALUES + 1] = highest;
    this.#integers[AFFINE_VALUES + 2] = size;
    this.#integers[AFFINE_VALUES + 3] = border === 'black' ? 1 : 0;
    this.#device.queue.writeBuffer(this.#uniforms, 0, this.#numbers);
  }

  /** Returns the texture for images of `width` × `height` px; replaces a texture of another size. */
  #prepareTexture(width: number, height: number): GPUTexture {
    let texture = this.#texture;
    if (texture?.width === width && texture.height === height) return texture;
    texture?.destroy();
    texture = this.#device.createTexture({
      label: 'frame',
      size: [width, height],
      format: 'rgba8unorm',
      usage: GPUTextureUsage.COPY_DST | GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.TEXTURE_BINDING,
    });
    this.#texture = texture;
    return texture;
  }
}

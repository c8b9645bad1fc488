/** Paints black pixels whose alpha is the mask: `values`, rows of `width` from the top. */
const SHADER = /* wgsl */ `
override width: u32;
@group(0) @binding(0) var<storage, read> values: array<f32>;

@vertex
fn cover(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  // One triangle over the whole picture.
  return vec4f(select(-1f, 3f, i == 1), select(-1f, 3f, i == 2), 0, 1);
}

@fragment
fn paint(@builtin(position) position: vec4f) -> @location(0) vec4f {
  return vec4f(0, 0, 0, values[u32(position.y) * width + u32(position.x)]);
}`;

/**
 * Draws a mask from a buffer on the GPU into a bitmap, because only a bitmap can be sent to the page without a copy to
 * main memory. TensorFlow.js can draw too, but it stores into the canvas's texture in a pixel format that Apple's GPUs
 * cannot store.
 */
export class WebGpuMaskPainter {
  readonly #device: GPUDevice;
  readonly #module: GPUShaderModule;
  readonly #format = navigator.gpu.getPreferredCanvasFormat();
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: GPUCanvasContext;
  #pipeline: GPURenderPipeline | null = null;

  /** @param device the GPU in whose memory the masks are. */
  constructor(device: GPUDevice) {
    const context = this.#canvas.getContext('webgpu') as unknown as GPUCanvasContext | null;
    if (!context) throw new Error('no canvas for WebGPU in a worker');
    context.configure({ device, format: this.#format, alphaMode: 'premultiplied' });
    this.#device = device;
    this.#context = context;
    this.#module = device.createShaderModule({ label: 'paint mask', code: SHADER });
  }

  /**
   * Returns a bitmap of `width` × `height` px, black with the mask as alpha; the caller transfers or closes it.
   *
   * @param values `width` × `height` floats 0..1, row by row from the top.
   */
  paint(values: GPUBuffer, width: number, height: number): ImageBitmap {
    const device = this.#device;
    const pipeline = this.#prepare(width, height);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: this.#context.getCurrentTexture().createView(), loadOp: 'clear', storeOp: 'store' }],
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [{ binding: 0, resource: { buffer: values } }],
      }),
    );
    pass.draw(3);
    pass.end();
    device.queue.submit([encoder.finish()]);
    return this.#canvas.transferToImageBitmap();
  }

  /** Returns the pipeline for a mask of `width` × `height` px, and resizes the canvas to it. */
  #prepare(width: number, height: number): GPURenderPipeline {
    if (this.#pipeline && width === this.#canvas.width && height === this.#canvas.height) return this.#pipeline;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#pipeline = this.#device.createRenderPipeline({
      label: 'paint mask',
      layout: 'auto',
      vertex: { module: this.#module },
      fragment: { module: this.#module, constants: { width }, targets: [{ format: this.#format }] },
    });
    return this.#pipeline;
  }
}

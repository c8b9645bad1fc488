// Script that runs in a page and in the tracking worker before their own code. It counts resources that a garbage
// collector does not see, or sees late: WebGL objects, WebGPU buffers and textures, WebAssembly memory, tensors.
// 1. `watch` wraps the functions of the browser that make and free them.
// 2. `LiveObjects` counts what was made and not freed.
// 3. `globalThis.resourceLedger()` returns the counts.

/** Counts objects that were made and neither freed nor garbage collected. `weight` is the sum of their sizes, bytes. */
class LiveObjects {
  count = 0;
  weight = 0;
  /** Sizes by object: a collected object cannot be asked any more. */
  readonly #weights = new WeakMap<object, number>();
  readonly #registry = new FinalizationRegistry<number>((weight) => this.#forget(weight));

  /** Counts a new object of `weight` bytes, and returns it. */
  add<T extends object | null>(object: T, weight = 0): T {
    if (object === null) return object;
    this.count++;
    this.weight += weight;
    this.#weights.set(object, weight);
    this.#registry.register(object, weight, object);
    return object;
  }

  /** Takes a freed object off the count. */
  remove(object: object | null): void {
    if (object && this.#registry.unregister(object)) this.#forget(this.#weights.get(object) ?? 0);
  }

  #forget(weight: number): void {
    this.count--;
    this.weight -= weight;
  }
}

type Methods = Record<string, (...args: unknown[]) => unknown>;

/** Replaces a method by a wrapper that calls `after` with each result, the arguments and the object. */
function watch(owner: object, name: string, after: (result: unknown, args: unknown[], self: object) => void): void {
  const methods = owner as Methods;
  const original = methods[name];
  if (original === undefined) return;
  methods[name] = function (this: object, ...args: unknown[]): unknown {
    const result = original.apply(this, args);
    after(result, args, this);
    return result;
  };
}

const webGl = new LiveObjects();
const webGlTypes = [
  'Buffer',
  'Texture',
  'Framebuffer',
  'Renderbuffer',
  'VertexArray',
  'Program',
  'Shader',
  'Sampler',
  'Query',
  'TransformFeedback',
];
if ('WebGL2RenderingContext' in globalThis) {
  for (const type of webGlTypes) {
    watch(WebGL2RenderingContext.prototype, `create${type}`, (made) => webGl.add(made as object | null));
    watch(WebGL2RenderingContext.prototype, `delete${type}`, (_, [object]) => webGl.remove(object as object | null));
  }
}

const gpuBuffers = new LiveObjects();
const gpuTextures = new LiveObjects();
if ('GPUDevice' in globalThis) {
  watch(GPUDevice.prototype, 'createBuffer', (made) => gpuBuffers.add(made as GPUBuffer, (made as GPUBuffer).size));
  watch(GPUBuffer.prototype, 'destroy', (_, __, self) => gpuBuffers.remove(self));
  watch(GPUDevice.prototype, 'createTexture', (made) => gpuTextures.add(made as GPUTexture));
  watch(GPUTexture.prototype, 'destroy', (_, __, self) => gpuTextures.remove(self));
}

const memories = new Set<WeakRef<WebAssembly.Memory>>();
/** Keeps the memories that a module exports. `instantiated`: the promise of `WebAssembly.instantiate`. */
function noticeMemories(instantiated: unknown): void {
  void (instantiated as Promise<WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance>).then(
    (made) => {
      const { exports } = 'instance' in made ? made.instance : made;
      for (const exported of Object.values(exports))
        if (exported instanceof WebAssembly.Memory) memories.add(new WeakRef(exported));
    },
    () => {},
  );
}
watch(WebAssembly, 'instantiate', noticeMemories);
watch(WebAssembly, 'instantiateStreaming', noticeMemories);

/** Emscripten's record of an object of LiteRT, which stays in the module's memory until its count is 0. */
interface NativeRecord {
  count?: { value: number };
  ptrType: { registeredClass: { name: string } };
}
const natives = new Set<NativeRecord>();
watch(Object, 'create', (_, [, properties]) => {
  const record = (properties as { $$?: { value?: NativeRecord } } | undefined)?.$$?.value;
  if (record?.ptrType) natives.add(record);
});

/** Returns the present counts by name; bytes for names that end in `Bytes`. */
function resourceLedger(): Record<string, number> {
  for (const record of natives) if (record.count?.value === 0) natives.delete(record);
  const tensors = [...natives].filter(({ ptrType }) => ptrType.registeredClass.name.includes('TensorBuffer'));
  const { _tfengine: tfjs } = globalThis as {
    _tfengine?: { memory(): { numTensors: number; numDataBuffers: number } };
  };
  const wasmBytes = [...memories].reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
  return {
    webGlObjects: webGl.count,
    gpuBuffers: gpuBuffers.count,
    gpuBufferBytes: gpuBuffers.weight,
    gpuTextures: gpuTextures.count,
    wasmBytes,
    liteRtTensors: tensors.length,
    liteRtObjects: natives.size,
    tfjsTensors: tfjs?.memory().numTensors ?? 0,
    tfjsBuffers: tfjs?.memory().numDataBuffers ?? 0,
  };
}

Object.assign(globalThis, { resourceLedger });

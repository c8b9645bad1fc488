// Runs before everything else in a page and in the tracking worker: books what is made that a garbage collector does not see,
// or sees late. Read by `globalThis.resourceLedger()`.

/** Things that were made and neither given back nor collected, and what they weigh together. */
class Living {
  count = 0;
  weight = 0;
  /** Weights by thing: they cannot be asked of one that is gone. */
  readonly #weights = new WeakMap<object, number>();
  readonly #registry = new FinalizationRegistry<number>((weight) => this.#forget(weight));

  add<T extends object | null>(thing: T, weight = 0): T {
    if (thing === null) return thing;
    this.count++;
    this.weight += weight;
    this.#weights.set(thing, weight);
    this.#registry.register(thing, weight, thing);
    return thing;
  }

  remove(thing: object | null): void {
    if (thing && this.#registry.unregister(thing)) this.#forget(this.#weights.get(thing) ?? 0);
  }

  #forget(weight: number): void {
    this.count--;
    this.weight -= weight;
  }
}

type Methods = Record<string, (...given: unknown[]) => unknown>;

/** Has `after` look at each result of a method. */
function watch(owner: object, name: string, after: (result: unknown, given: unknown[], self: object) => void): void {
  const methods = owner as Methods;
  const plain = methods[name];
  if (plain === undefined) return;
  methods[name] = function (this: object, ...given: unknown[]): unknown {
    const result = plain.apply(this, given);
    after(result, given, this);
    return result;
  };
}

const webGl = new Living();
const glThings = [
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
  for (const thing of glThings) {
    watch(WebGL2RenderingContext.prototype, `create${thing}`, (made) => webGl.add(made as object | null));
    watch(WebGL2RenderingContext.prototype, `delete${thing}`, (_, [given]) => webGl.remove(given as object | null));
  }
}

const gpuBuffers = new Living();
const gpuTextures = new Living();
if ('GPUDevice' in globalThis) {
  watch(GPUDevice.prototype, 'createBuffer', (made) => gpuBuffers.add(made as GPUBuffer, (made as GPUBuffer).size));
  watch(GPUBuffer.prototype, 'destroy', (_, __, self) => gpuBuffers.remove(self));
  watch(GPUDevice.prototype, 'createTexture', (made) => gpuTextures.add(made as GPUTexture));
  watch(GPUTexture.prototype, 'destroy', (_, __, self) => gpuTextures.remove(self));
}

const memories = new Set<WeakRef<WebAssembly.Memory>>();
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

/** How Emscripten books one of LiteRT's objects: alive in the module's memory until its count is 0, whatever JavaScript holds. */
interface NativeRecord {
  count?: { value: number };
  ptrType: { registeredClass: { name: string } };
}
const natives = new Set<NativeRecord>();
watch(Object, 'create', (_, [, properties]) => {
  const record = (properties as { $$?: { value?: NativeRecord } } | undefined)?.$$?.value;
  if (record?.ptrType) natives.add(record);
});

/** Counts, bytes where the name says so; only what this context has ever had. */
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

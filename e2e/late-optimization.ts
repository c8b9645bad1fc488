/**
 * Flag with which V8 optimises a WebAssembly function only when it has run for long, here 20 times as long as by
 * default. Optimising takes half a second of the processor for each engine that a page loads, more than a test's few
 * frames gain. Benchmarks leave it out: they time the engines as users' browsers run them.
 */
export const lateOptimization = '--js-flags=--wasm-tiering-budget=300000000';

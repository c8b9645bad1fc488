/**
 * Command line flags with which Chromium offers WebGPU in software, on machines without a GPU. The last flag lets the
 * whole GPU process use Vulkan: without it, reading a canvas loses the WebGPU device.
 */
export const softwareWebGpu = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
] as const;

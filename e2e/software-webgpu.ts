/**
 * Flags by which Chromium has WebGPU where there is no GPU. The last one matters for canvases: without Vulkan for the whole
 * GPU process, taking a picture off one takes the device with it.
 */
export const softwareWebGpu = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
] as const;

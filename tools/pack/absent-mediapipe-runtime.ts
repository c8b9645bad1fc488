// The file `mediapipe-runtime.js` of the package `fitting-room`. MediaPipe's own runtime is in `fitting-room-extras`,
// because few pages need it: `engine="auto"` comes to it only when WebGPU and WebAssembly have failed. Without this
// file the room would then report a missing file, as if the network were at fault.

/** Rejects; the reason becomes the message of the error `engine-failed`. */
export async function loadMediaPipe(): Promise<never> {
  throw new Error(
    'this page does not host MediaPipe, the engine for browsers in which the others fail. To host it: npm install fitting-room-extras, then npx fitting-room assets DIR --engines wasm,webgpu,mediapipe',
  );
}

import type { FrameImage } from '../capture/frame-source.ts';
import { AFFINE_VALUES, cropToTextureAffine } from './crop-affines.ts';
import type { Cropper, CropTarget } from './cropper.ts';
import { isSoftware } from './is-software.ts';
import type { Region } from './region.ts';

const VERTEX_SHADER = `#version 300 es
void main() {
  // One triangle over the whole crop.
  gl_Position = vec4(vec2(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1), 0, 1);
}`;

/** Samples the frame at each pixel of the crop. */
const FRAGMENT_SHADER = `#version 300 es
precision highp float;
uniform sampler2D frame;
uniform mat3 cropToTexture;
uniform bool blackBorder;
out vec4 color;
void main() {
  vec2 position = (cropToTexture * vec3(gl_FragCoord.xy, 1)).xy;
  bool inside = all(greaterThanEqual(position, vec2(0))) && all(lessThanEqual(position, vec2(1)));
  color = blackBorder && !inside ? vec4(0, 0, 0, 1) : texture(frame, position);
}`;

/** Compiles a shader; an error in its source appears when the program is linked. */
function compile(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (!shader) throw new Error('no WebGL shader');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

/**
 * Creates a cropper on the GPU, by WebGL 2: it cuts a rotated square out of a frame, and writes it as a network's input
 * (`CropTarget`: `size`² RGB pixels as numbers). Frames of a camera or video are in the GPU's memory already, so only
 * the small crop is copied to main memory. It samples as MediaPipe does, bilinearly. Its `crop` resolves to false when
 * the WebGL context is lost.
 *
 * @param maxSize largest side of the crops, px.
 * @returns null where there is no WebGL 2, or only a software renderer.
 */
export function createGlCropper(maxSize: number): Cropper | null {
  const canvas = new OffscreenCanvas(maxSize, maxSize);
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, alpha: true, preserveDrawingBuffer: false });
  const program = gl?.createProgram();
  if (!gl || !program) return null;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  // A software renderer needs longer for the upload of a video frame than the pose network for its run.
  if (isSoftware(String(renderer))) {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return null;
  }
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, VERTEX_SHADER));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, FRAGMENT_SHADER));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return null;
  gl.useProgram(program);
  const cropToTexture = gl.getUniformLocation(program, 'cropToTexture');
  const blackBorder = gl.getUniformLocation(program, 'blackBorder');
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  const affine = new Array<number>(AFFINE_VALUES).fill(0);
  /** `affine` as a 3 × 3 matrix, column by column. */
  const matrix = new Float32Array(9);
  matrix[8] = 1;
  const bytes = new Uint8Array(maxSize * maxSize * 4);

  return {
    async crop(image: FrameImage, width: number, height: number, region: Region, target: CropTarget): Promise<boolean> {
      const { size, values, scale, offset, border } = target;
      cropToTextureAffine(region, size, width, height, affine);
      for (let column = 0; column < 3; column++) {
        matrix[3 * column] = affine[column];
        matrix[3 * column + 1] = affine[3 + column];
      }
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, image);
      gl.uniformMatrix3fv(cropToTexture, false, matrix);
      gl.uniform1i(blackBorder, border === 'black' ? 1 : 0);
      gl.viewport(0, 0, size, size);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      // WebGL counts rows from the bottom when it draws and when it reads, so the first row is the top of the crop.
      gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
      if (gl.isContextLost()) return false;
      for (let from = 0, to = 0; to < size * size * 3; from += 4, to += 3) {
        values[to] = bytes[from] * scale + offset;
        values[to + 1] = bytes[from + 1] * scale + offset;
        values[to + 2] = bytes[from + 2] * scale + offset;
      }
      return true;
    },
  };
}

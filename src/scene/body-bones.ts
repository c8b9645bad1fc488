import {
  BufferAttribute,
  type BufferGeometry,
  Matrix4,
  Quaternion,
  Vector3,
  type WebGLProgramParametersWithUniforms,
} from 'three';
import type { PosedBody } from '../body/body.ts';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';
import { bringArmsForward } from './bring-arms-forward.ts';
import type { Pass } from './pass.ts';

// Scratch of `takeBody`.
const position = new Vector3();
const rotation = new Quaternion();
const UNIT_SCALE = new Vector3(1, 1, 1);
const matrix = new Matrix4();

/**
 * Computes the matrices of the body's bones, which the vertex shaders of the occluder and of all garments use. (The
 * occluder is the drawn body, which hides the cloth behind it.) Input: the joints of the shaped body in the rest pose,
 * and the posed joints and rotations in camera space (+x right in the picture, +y up, −z away from the camera), all in
 * metres. Output: the uniform `matrixRows`. A pass (a step of the stage's drawing) without a picture of its own.
 *
 * 1. `takeShape` copies the rest joints.
 * 2. `takeBody` computes for each bone the matrix from a rest-pose vertex to camera space:
 *    `position + rotation · (vertex − restJoint)`. It then scales arms that cross the trunk towards the camera.
 * 3. `poseVertices` patches a material's shader: it multiplies each vertex by the mean of its four bones' matrices.
 *    `addSkin` gives a geometry the attributes for that.
 *
 * The matrices are uniforms, unlike those of three.js's `Skeleton`: 28 bones fit, and no vertex has to read its four
 * bones from a texture, 16 texels each.
 */
export class BodyBones implements Pass {
  readonly layers = [];
  /** Uniform with the upper three rows of each bone's 4 × 4 matrix, row by row, in bone order: 12 × BONE_COUNT. */
  readonly matrixRows = { value: new Float32Array(12 * BONE_COUNT) };
  readonly #restJoints = new Float32Array(3 * BONE_COUNT);
  /** Factor, at most 1, by which each bone's distance from the camera is scaled; 1 leaves the bone in place. */
  readonly #nearness = new Float32Array(BONE_COUNT).fill(1);

  /** Copies the joints of the shaped body in the rest pose: 3 × BONE_COUNT, model space, metres. */
  takeShape({ joints }: Pick<MannequinShape, 'joints'>): void {
    this.#restJoints.set(joints);
  }

  /**
   * Writes `matrixRows` for a pose: joint positions (3 × BONE_COUNT, camera space, metres) and world rotations
   * (quaternions x, y, z, w, 4 × BONE_COUNT), both in bone order. Arms that cross the trunk are drawn in front of it
   * (`bringArmsForward`).
   */
  takeBody(body: PosedBody): void {
    const { positions, rotations } = body;
    const { elements } = matrix;
    const rest = this.#restJoints;
    bringArmsForward(body, this.#nearness);
    const { value: rows } = this.matrixRows;
    for (let b = 0; b < BONE_COUNT; b++) {
      matrix.compose(position.fromArray(positions, 3 * b), rotation.fromArray(rotations, 4 * b), UNIT_SCALE);
      for (let row = 0; row < 3; row++) {
        const o = 12 * b + 4 * row;
        rows[o] = elements[row];
        rows[o + 1] = elements[4 + row];
        rows[o + 2] = elements[8 + row];
        rows[o + 3] =
          elements[12 + row] - rows[o] * rest[3 * b] - rows[o + 1] * rest[3 * b + 1] - rows[o + 2] * rest[3 * b + 2];
        // A scaling about the camera changes the depth and keeps the position in the picture.
        for (let column = 0; column < 4; column++) rows[o + column] *= this.#nearness[b];
      }
    }
  }

  /**
   * Patches a vertex shader of three.js so that it poses its vertices and normals. Call it in `onBeforeCompile`, before
   * other patches, for geometry that `addSkin` prepared.
   *
   * @param shader what three.js passes to `onBeforeCompile`; its uniforms and vertex shader are changed in place.
   * @param restGlsl GLSL that runs before the pose; it may change the rest-pose vertex `transformed`, metres.
   * @throws Error if three.js's shader does not contain the patched text.
   */
  poseVertices(shader: Pick<WebGLProgramParametersWithUniforms, 'uniforms' | 'vertexShader'>, restGlsl = ''): void {
    shader.uniforms.boneMatrixRows = this.matrixRows;
    let text = replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
        attribute vec4 boneIndices;
        attribute vec4 boneWeights;
        uniform vec4 boneMatrixRows[${3 * BONE_COUNT}];
        // One row of the vertex's matrix: the mean of its four bones' rows, weighted by the skin weights.
        vec4 blendBoneRow(ivec4 row, vec4 w) {
          return boneMatrixRows[row.x] * w.x + boneMatrixRows[row.y] * w.y
               + boneMatrixRows[row.z] * w.z + boneMatrixRows[row.w] * w.w;
        }
        void blendBones(out vec4 rowX, out vec4 rowY, out vec4 rowZ) {
          ivec4 firstRow = 3 * ivec4(boneIndices);
          rowX = blendBoneRow(firstRow, boneWeights);
          rowY = blendBoneRow(firstRow + 1, boneWeights);
          rowZ = blendBoneRow(firstRow + 2, boneWeights);
        }`,
    );
    text = replaceOnce(
      text,
      'void main() {',
      'void main() {\nvec4 poseRowX; vec4 poseRowY; vec4 poseRowZ; blendBones(poseRowX, poseRowY, poseRowZ);',
    );
    text = replaceOnce(
      text,
      '#include <beginnormal_vertex>',
      `#include <beginnormal_vertex>
        objectNormal =
          vec3(dot(poseRowX.xyz, objectNormal), dot(poseRowY.xyz, objectNormal), dot(poseRowZ.xyz, objectNormal));`,
    );
    shader.vertexShader = replaceOnce(
      text,
      '#include <begin_vertex>',
      `#include <begin_vertex>
        ${restGlsl}
        vec4 restVertex = vec4(transformed, 1.0);
        transformed = vec3(dot(poseRowX, restVertex), dot(poseRowY, restVertex), dot(poseRowZ, restVertex));`,
    );
  }
}

/**
 * Adds the attributes that `poseVertices` reads to `geometry`: `boneIndices` and `boneWeights`, four per vertex.
 *
 * @param skinIndices bones by index into `boneNames`, 4 × vertices, copied.
 * @param skinWeights weights 0..1 of these bones, 4 × vertices; the four of a vertex sum to 1. Used without a copy.
 */
export function addSkin(geometry: BufferGeometry, skinIndices: Uint16Array, skinWeights: Float32Array): void {
  geometry.setAttribute('boneIndices', new BufferAttribute(Uint8Array.from(skinIndices), 4));
  geometry.setAttribute('boneWeights', new BufferAttribute(skinWeights, 4));
}

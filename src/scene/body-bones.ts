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

const position = new Vector3();
const rotation = new Quaternion();
const noScale = new Vector3(1, 1, 1);
const matrix = new Matrix4();

/**
 * The shopper's bones as the vertex shaders take them: for each bone the upper three rows of `position + rotation ·
 * (restVertex − restJoint)`, camera space, metres. Shared by the body and all garments. Uniforms rather than three.js's
 * `Skeleton`: 28 bones fit, and a vertex does not fetch its bones from a texture, 16 texels each.
 */
export class BodyBones implements Pass {
  readonly layers = [];
  /** 3 rows of 4 numbers per bone, 12 × BONE_COUNT. */
  readonly rows = { value: new Float32Array(12 * BONE_COUNT) };
  readonly #restJoints = new Float32Array(3 * BONE_COUNT);
  readonly #nearness = new Float32Array(BONE_COUNT).fill(1);

  takeShape({ joints }: Pick<MannequinShape, 'joints'>): void {
    this.#restJoints.set(joints);
  }

  /** Takes a solved pose. Arms that cross the trunk are drawn before it (see `bringArmsForward`). */
  takeBody(body: PosedBody): void {
    const { positions, rotations } = body;
    const { elements } = matrix;
    const rest = this.#restJoints;
    bringArmsForward(body, this.#nearness);
    const { value: rows } = this.rows;
    for (let b = 0; b < BONE_COUNT; b++) {
      matrix.compose(position.fromArray(positions, 3 * b), rotation.fromArray(rotations, 4 * b), noScale);
      for (let r = 0; r < 3; r++) {
        const o = 12 * b + 4 * r;
        rows[o] = elements[r];
        rows[o + 1] = elements[4 + r];
        rows[o + 2] = elements[8 + r];
        rows[o + 3] =
          elements[12 + r] - rows[o] * rest[3 * b] - rows[o + 1] * rest[3 * b + 1] - rows[o + 2] * rest[3 * b + 2];
        // Scaled about the camera: the depth changes, the place in the picture does not.
        for (let c = 0; c < 4; c++) rows[o + c] *= this.#nearness[b];
      }
    }
  }

  /**
   * Makes a shader of three.js pose its vertices. For use in `onBeforeCompile`, before other patches, with geometry
   * that has been through `addSkin`.
   *
   * @param restGlsl lines of GLSL that run before posing and may move `transformed` in the rest pose.
   */
  poseIn(shader: Pick<WebGLProgramParametersWithUniforms, 'uniforms' | 'vertexShader'>, restGlsl = ''): void {
    shader.uniforms.boneRows = this.rows;
    let text = replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
        attribute vec4 boneIndices;
        attribute vec4 boneWeights;
        uniform vec4 boneRows[${3 * BONE_COUNT}];
        void blendBones(out vec4 x, out vec4 y, out vec4 z) {
          ivec4 row = 3 * ivec4(boneIndices);
          vec4 w = boneWeights;
          x = boneRows[row.x] * w.x + boneRows[row.y] * w.y + boneRows[row.z] * w.z + boneRows[row.w] * w.w;
          y = boneRows[row.x + 1] * w.x + boneRows[row.y + 1] * w.y + boneRows[row.z + 1] * w.z + boneRows[row.w + 1] * w.w;
          z = boneRows[row.x + 2] * w.x + boneRows[row.y + 2] * w.y + boneRows[row.z + 2] * w.z + boneRows[row.w + 2] * w.w;
        }`,
    );
    text = replaceOnce(
      text,
      'void main() {',
      'void main() {\nvec4 boneX; vec4 boneY; vec4 boneZ; blendBones(boneX, boneY, boneZ);',
    );
    text = replaceOnce(
      text,
      '#include <beginnormal_vertex>',
      `#include <beginnormal_vertex>
        objectNormal = vec3(dot(boneX.xyz, objectNormal), dot(boneY.xyz, objectNormal), dot(boneZ.xyz, objectNormal));`,
    );
    shader.vertexShader = replaceOnce(
      text,
      '#include <begin_vertex>',
      `#include <begin_vertex>
        ${restGlsl}
        vec4 restVertex = vec4(transformed, 1.0);
        transformed = vec3(dot(boneX, restVertex), dot(boneY, restVertex), dot(boneZ, restVertex));`,
    );
  }
}

/** Gives geometry the attributes that posing reads: bones by index and weight, 4 × vertices each. */
export function addSkin(geometry: BufferGeometry, skinIndices: Uint16Array, skinWeights: Float32Array): void {
  geometry.setAttribute('boneIndices', new BufferAttribute(Uint8Array.from(skinIndices), 4));
  geometry.setAttribute('boneWeights', new BufferAttribute(skinWeights, 4));
}

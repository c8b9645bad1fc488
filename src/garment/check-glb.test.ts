import { expect, it } from 'vitest';
import { checkGlb } from './check-glb.ts';
import { editGlb, type LooseJson, makeGlb } from './make-glb.test-helper.ts';
import { readGlb } from './read-glb.ts';

const file = await makeGlb({ manifest: { kind: 'top', sizes: { M: {} } } });
const { triangles } = checkGlb(readGlb(new Uint8Array(file)));
/** Checks that file with its header changed. */
function check(edit: (json: LooseJson) => void) {
  return checkGlb(readGlb(new Uint8Array(editGlb(file, edit))));
}
function nodeOf(json: LooseJson, name: string): number {
  return json.nodes.findIndex((node: { name: string }) => node.name === name);
}
function primitive(json: LooseJson) {
  return json.meshes[0].primitives[0];
}

it('counts the triangles of a mesh once for each node that shows it', () => {
  const hang = (times: number) => (json: LooseJson) => {
    for (let i = 0; i < times; i++) json.scenes[0].nodes.push(json.nodes.push({ mesh: 0, skin: 0 }) - 1);
  };
  expect(check(hang(2)).triangles).toBe(3 * triangles);
  expect(() => check(hang(60))).toThrow(/234240 triangles, more than 150000/);
});

it('counts the triangles of strips and fans, and leaves out points and lines with a warning', () => {
  for (const mode of [5, 6])
    expect(
      check((json) => {
        primitive(json).mode = mode;
      }).triangles,
    ).toBe(3 * triangles - 2);
  const { triangles: left, warnings } = check((json) =>
    json.meshes[0].primitives.push({ ...primitive(json), mode: 1 }, { ...primitive(json), mode: 3 }),
  );
  expect(left).toBe(triangles);
  expect(warnings).toEqual(['mesh 0 has points or lines; they are left out']);
  expect(() =>
    check((json) => {
      primitive(json).mode = 7;
    }),
  ).toThrow(/unknown mode/);
});

it('warns of many triangles before it refuses them', () => {
  const { warnings } = check((json) => {
    for (let i = 0; i < 13; i++) json.scenes[0].nodes.push(json.nodes.push({ mesh: 0, skin: 0 }) - 1);
  });
  expect(warnings).toEqual([expect.stringMatching(/53760 triangles; more than 50000/)]);
});

/** Gives an accessor another count without data, so that all its values are 0. */
function resize(accessor: LooseJson, count: number): void {
  accessor.count = count;
  delete accessor.bufferView;
}

const refused: [string, (json: LooseJson) => void, RegExp][] = [
  [
    '300 morph targets',
    (json) => {
      primitive(json).targets = Array(300).fill(primitive(json).targets[0]);
    },
    /300 morph targets, more than 64/,
  ],
  [
    'morph targets that unpack to 275 MB',
    (json) => {
      primitive(json).targets = Array(60).fill(primitive(json).targets[0]);
      for (const { attributes } of json.meshes[0].primitives) resize(json.accessors[attributes.POSITION], 4e5);
    },
    /sizes of the garment unpack to 275 MB/,
  ],
  [
    'a million vertices',
    (json) => {
      resize(json.accessors[primitive(json).attributes.POSITION], 1e6);
    },
    /1000000 vertices/,
  ],
  [
    'a count of vertices that its data does not have',
    (json) => {
      json.accessors[primitive(json).attributes.POSITION].count = 1e6;
    },
    /accessors\[\d+\] reaches beyond the end of its data: export it again/,
  ],
  [
    'a count of vertices that would fill the memory, and that its data does not have',
    (json) => {
      json.accessors[primitive(json).attributes.POSITION].count = 1e9;
    },
    /accessors\[\d+\] reaches beyond/,
  ],
  [
    'a header without asset',
    (json) => {
      delete json.asset;
    },
    /^the file's asset\.version is not that of glTF 2\.0: export it again/,
  ],
  [
    'an asset without a version',
    (json) => {
      json.asset = { generator: 'by hand' };
    },
    /asset\.version/,
  ],
  [
    'glTF 1.0',
    (json) => {
      json.asset.version = '1.0';
    },
    /asset\.version/,
  ],
  [
    '300 meshes',
    (json) => {
      json.meshes[0].primitives = Array(300).fill({
        ...primitive(json),
        indices: json.accessors.push({ type: 'SCALAR', componentType: 5123, count: 3 }) - 1,
      });
    },
    /300 meshes/,
  ],
  [
    '5,000 nodes',
    (json) => {
      for (let i = 0; i < 5000; i++) json.nodes.push({});
    },
    /more than 4096 nodes/,
  ],
  [
    'a scene that does not exist',
    (json) => {
      json.scene = 5;
    },
    /^scene refers to number 5 of the file's scenes, which has 1: export it again/,
  ],
  [
    'no scenes',
    (json) => {
      delete json.scene;
      delete json.scenes;
    },
    /^scene refers to number 0/,
  ],
  [
    'a scene of nodes that do not exist',
    (json) => {
      json.scenes[0].nodes = [99];
    },
    /scenes\[0\]\.nodes refers to number 99/,
  ],
  [
    'nodes that are not objects',
    (json) => {
      json.nodes.push(null);
    },
    /nodes are not a list of objects/,
  ],
  [
    'meshes that are not a list',
    (json) => {
      json.meshes = {};
    },
    /meshes are not a list/,
  ],
  [
    'a mesh without primitives',
    (json) => {
      json.meshes[0].primitives = null;
    },
    /meshes\[0\] has no list of primitives/,
  ],
  [
    'a skin that does not exist',
    (json) => {
      json.nodes[nodeOf(json, 'tube')].skin = 9;
    },
    /skin refers to number 9 of the file's skins/,
  ],
  [
    'a joint that does not exist',
    (json) => {
      json.skins[0].joints[0] = 42;
    },
    /skins\[0\]\.joints refers to number 42/,
  ],
  [
    'a material that does not exist',
    (json) => {
      primitive(json).material = 77;
    },
    /material refers to number 77/,
  ],
  [
    'a texture that does not exist',
    (json) => {
      json.materials[0].extensions = { KHR_materials_sheen: { sheenColorTexture: { index: 3 } } };
    },
    /sheenColorTexture refers to number 3 of the file's textures/,
  ],
  [
    'an attribute that does not exist',
    (json) => {
      primitive(json).attributes.NORMAL = 70;
    },
    /attributes refers to number 70 of the file's accessors/,
  ],
  [
    'a buffer view that does not exist',
    (json) => {
      json.accessors[0].bufferView = 99;
    },
    /accessors\[0\]\.bufferView refers to number 99/,
  ],
  [
    'a negative reference',
    (json) => {
      primitive(json).indices = -1;
    },
    /indices refers to number -1/,
  ],
  [
    'a view beyond the file',
    (json) => {
      json.bufferViews[0].byteLength = 1e8;
    },
    /bufferViews\[0\] reaches beyond/,
  ],
  [
    'an accessor beyond its view',
    (json) => {
      json.accessors[primitive(json).attributes.NORMAL].count = 1e5;
    },
    /accessors\[\d+\] reaches beyond/,
  ],
  [
    'a node that is its own child',
    (json) => {
      json.nodes[nodeOf(json, 'tube')].children = [nodeOf(json, 'tube')];
    },
    /cycle/,
  ],
  [
    'a cycle of nodes',
    (json) => {
      const a = json.nodes.push({}) - 1;
      json.nodes[a].children = [json.nodes.push({ children: [a] }) - 1];
    },
    /nodes form a cycle/,
  ],
  [
    'a node with two parents',
    (json) => {
      json.nodes.push({ children: [nodeOf(json, 'chest')] });
    },
    /hangs from both/,
  ],
  [
    'colour variants without mappings',
    (json) => {
      primitive(json).extensions = { KHR_materials_variants: { mappings: { a: 1 } } };
    },
    /mappings/,
  ],
];
for (const [what, edit, reason] of refused) {
  it(`refuses ${what}`, () => {
    expect(() => check(edit)).toThrow(
      expect.objectContaining({ code: 'garment-invalid', message: expect.stringMatching(reason) }),
    );
  });
}

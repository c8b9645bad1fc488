import { afterEach, expect, it, vi } from 'vitest';
import { type RoomProperties, readSettings } from './read-settings.ts';

afterEach(() => vi.unstubAllGlobals());

function child(attributes: Record<string, string>, sources: object[] = []): object {
  return {
    id: attributes.id ?? '',
    getAttribute: (name: string) => attributes[name] ?? null,
    hasAttribute: (name: string) => name in attributes,
    querySelectorAll: () => sources,
  };
}

function room(properties: object, children: object[]): Element & RoomProperties {
  vi.stubGlobal('document', { baseURI: 'https://shop.test/tee/' });
  const defaults = {
    source: null,
    garment: null,
    size: null,
    facing: 'user',
    engine: 'auto',
    model: 'auto',
    segmentation: 'pose',
    assets: '/assets',
    stature: null,
    ownClothes: 'hide',
    tracker: null,
  };
  return { ...defaults, ...properties, querySelectorAll: () => children } as unknown as Element & RoomProperties;
}

it('readSettings accepts numbers as size and garment', () => {
  const { garments } = readSettings(
    room({ garment: 5, size: 38 }, [child({ id: '4', src: 'a.glb' }), child({ id: '5', src: 'b.glb', label: 'Tee' })]),
  );
  expect(garments).toEqual([{ id: '5', label: 'Tee', src: 'https://shop.test/tee/b.glb', color: null, size: '38' }]);
});

it('readSettings keeps a src that is no URL, and makes the others absolute', () => {
  const { garments } = readSettings(
    room({ garment: 'bad tee' }, [child({ id: 'bad', src: 'http://[' }), child({ id: 'tee', src: 'tee.glb' })]),
  );
  expect(garments.map(({ src }) => src)).toEqual(['http://[', 'https://shop.test/tee/tee.glb']);
});

it('readSettings takes the files of a garment that has one a size, and keeps them all', () => {
  const sources = [child({ size: 'M', src: 'tee-m.glb' }), child({ size: 'L', src: '/tee-l.glb' })];
  const { garments, garmentUrls } = readSettings(
    room({ size: 'L' }, [child({ id: 'none' }), child({ id: 'tee' }, sources)]),
  );
  const files = [
    { size: 'M', src: 'https://shop.test/tee/tee-m.glb' },
    { size: 'L', src: 'https://shop.test/tee-l.glb' },
  ];
  expect(garments).toEqual([{ id: 'tee', label: 'tee', src: files[0].src, color: null, size: 'L', files }]);
  expect([...garmentUrls]).toEqual(files.map(({ src }) => src));
});

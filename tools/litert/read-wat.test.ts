import { describe, expect, it } from 'vitest';
import { readWat } from './read-wat.ts';

/** A module as `wasm-dis` writes it: `$1` fills XNNPACK's record of the processor, `$0` calls it and an import. */
const WAT = `(module
 (type $0 (func))
 (import "a" "b" (func $fimport$0 (type $0)))
 (export "c" (func $0))
 (func $0 (type $0)
  (call $1)
  (call $fimport$0)
 )
 (func $1 (type $0)
  (local $0 f32)
  (if
   (i32.eqz
    (i32.load8_u
     (i32.const 512)
    )
   )
   (then
    (i32.store8
     (i32.const 536)
     (i32.shr_u
      (i32.reinterpret_f32
       (f32.sub
        (local.tee $0
         (f32.load
          (i32.const 12)
         )
        )
        (local.get $0)
       )
      )
      (i32.const 31)
     )
    )
    (i64.store
     (i32.const 528)
     (i64.const 0)
    )
   )
  )
 )
)
`;

describe('readWat', () => {
  it('finds who calls whom, what is exported, and the record of the processor', () => {
    expect(readWat(WAT)).toEqual({ calls: [[1], []], exported: [0], cpu: { guard: 512, x86: 536, flags: 528 } });
  });

  it('throws where no function fills the record, or two do', () => {
    expect(() => readWat(WAT.replace('f32.sub', 'f32.add'))).toThrow(/no function/);
    const filling = WAT.slice(WAT.indexOf(' (func $1'), -3);
    expect(() => readWat(WAT.replace(/\)\n$/, `${filling.replace('$1', '$2')}\n)\n`))).toThrow(/two functions/);
  });
});

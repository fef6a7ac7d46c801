import { run } from '../../bin/cli';

async function said(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  const complain = jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  try {
    return { code: await run(['node', 'enclave', ...args]), out, err };
  } finally {
    write.mockRestore();
    complain.mockRestore();
  }
}

test('enclave catalogue counts what is known', async () => {
  const { code, out } = await said('catalogue');
  expect(code).toBe(0);
  expect(out).toMatch(/^\d{4} types: \d+ denied, \d+ assessed/);
});

test('enclave catalogue TYPE says verdict, channels and defences', async () => {
  const { code, out } = await said('catalogue', 'AWS::KMS::ReplicaKey');
  expect(code).toBe(0);
  for (const words of ['AWS::KMS::ReplicaKey', 'assessed', 'kms:ReplicateKey', 'blind spot', 'after the fact'])
    expect(out).toContain(words);
});

test('a type nobody knows is bad input: exit 2 and one line', async () => {
  const { code, out, err } = await said('catalogue', 'AWS::Nope::X');
  expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
});

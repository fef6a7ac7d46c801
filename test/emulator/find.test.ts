import { endpointProblem, findEmulator } from './find';

describe('findEmulator', () => {
  test('takes a loopback endpoint that already runs instead of starting one', () => {
    for (const url of ['http://127.0.0.1:4566', 'http://localhost:4566', 'http://[::1]:4566']) {
      expect(findEmulator({ AWS_ENDPOINT_URL: url })).toEqual({ ok: true, kind: 'running', url });
    }
  });

  test('refuses another machine unless it is allowed explicitly', () => {
    const env = { AWS_ENDPOINT_URL: 'http://emulator.internal:4566' };
    expect(findEmulator(env)).toMatchObject({ ok: false, why: expect.stringContaining('emulator.internal') });
    expect(findEmulator(env, { allowRemote: true })).toMatchObject({ ok: true, kind: 'running' });
  });

  test('refuses real AWS even when remote endpoints are allowed', () => {
    for (const host of ['s3.eu-west-1.amazonaws.com', 'kms.cn-north-1.amazonaws.com.cn', 'lambda.eu-west-1.api.aws']) {
      expect(endpointProblem(`https://${host}`, { allowRemote: true })).toContain('real AWS');
    }
  });

  test('is not fooled by host names that only begin like this machine', () => {
    for (const url of ['http://127.0.0.1.example.com', 'http://localhost.example.com', 'no url']) {
      expect(endpointProblem(url)).toBeDefined();
    }
  });

  test('says in one line what is missing and how to get it', () => {
    const found = findEmulator({ PATH: '/nowhere', MOTO_PYTHON: '/nowhere/python' });
    expect(found).toMatchObject({ ok: false, why: expect.stringContaining("pip install 'moto[server]==5.2.1'") });
    expect(found.ok ? '' : found.why).not.toContain('\n');
  });
});

import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

describe('the published package, installed in somebody else’s CDK application', () => {
  const app = mkdtempSync(join(tmpdir(), 'foreign-app-'));
  const modules = join(app, 'node_modules');

  const cdk = (...context: string[]) =>
    spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/aws-cdk/bin/cdk'),
        'synth',
        '-q',
        '--app',
        'node app.js',
        ...context.flatMap((c) => ['-c', c]),
      ],
      {
        cwd: app,
        env: {
          PATH: process.env['PATH'],
          HOME: app,
          CDK_VALIDATION: 'false',
          CDK_DISABLE_CLI_TELEMETRY: 'true',
          CDK_DISABLE_VERSION_CHECK: '1',
          CI: '1',
          NO_COLOR: '1',
        },
        encoding: 'utf8',
      },
    );
  const enclave = (...args: string[]) =>
    spawnSync(process.execPath, [join(modules, 'eea-enclave/bin/enclave.cjs'), ...args], {
      cwd: app,
      encoding: 'utf8',
    });

  beforeAll(async () => {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', app], { cwd: ROOT });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    mkdirSync(modules);
    await run('tar', ['-xzf', join(app, filename), '-C', modules]);
    // The tarball unpacks as `package`; its dependencies and the application's own CDK come from this checkout, unchanged.
    cpSync(join(modules, 'package'), join(modules, 'eea-enclave'), { recursive: true });
    rmSync(join(modules, 'package'), { recursive: true });
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(modules, 'eea-enclave/package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      mkdirSync(join(modules, name, '..'), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
    cpSync(join(__dirname, 'foreign-app/app.js'), join(app, 'app.js'));
    writeFileSync(join(app, 'package.json'), '{}');
  }, 180_000);

  afterAll(() => rmSync(app, { recursive: true, force: true }));

  test('holds compiled JavaScript with types for every export, and no source, test or lock data', () => {
    const { exports } = JSON.parse(readFileSync(join(modules, 'eea-enclave/package.json'), 'utf8')) as {
      exports: Record<string, { types: string; default: string } | string>;
    };
    for (const entry of Object.values(exports).filter(
      (e): e is { types: string; default: string } => typeof e !== 'string',
    )) {
      for (const file of [entry.types, entry.default])
        expect(readFileSync(join(modules, 'eea-enclave', file), 'utf8').length).toBeGreaterThan(0);
    }
    const { stdout } = spawnSync(
      'find',
      ['eea-enclave', '-name', '*.ts', '-not', '-name', '*.d.ts', '-o', '-name', 'lock.json'],
      { cwd: modules, encoding: 'utf8' },
    );
    expect(stdout).toBe('');
  });

  test('in three lines lets a sound application pass and stops one that copies to London', () => {
    const sound = cdk();
    expect({ status: sound.status, said: sound.status === 0 ? '' : sound.stdout + sound.stderr }).toEqual({
      status: 0,
      said: '',
    });
    const leaking = cdk('leak=true');
    expect(leaking.status).not.toBe(0);
    expect(leaking.stdout + leaking.stderr).toMatch(/Shop\/Orders\/Resource/);
    expect(leaking.stdout + leaking.stderr).toMatch(/United Kingdom/);
  }, 120_000);

  test('judges the same assemblies from outside, with exit codes, without the CDK being installed', () => {
    // Templates of an earlier synthesis would be judged too: nobody can tell that they are not deployed.
    rmSync(join(app, 'cdk.out'), { recursive: true });
    cdk();
    for (const name of ['aws-cdk-lib', 'cdk-nag', 'constructs']) rmSync(join(modules, name));
    expect(enclave('check', 'cdk.out')).toMatchObject({ status: 0, stderr: '' });
    const leak = {
      Resources: {
        T: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            Replicas: [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }],
            KeySchema: [],
            AttributeDefinitions: [],
          },
        },
      },
    };
    writeFileSync(join(app, 'leak.json'), JSON.stringify(leak));
    const { status, stdout } = enclave('check', 'leak.json@eu-west-1', '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'outside' });
    const missing = enclave('check', 'nothing-here');
    expect(missing.status).toBe(2);
    expect(missing.stderr.trim().split('\n')).toHaveLength(1);
  });
});

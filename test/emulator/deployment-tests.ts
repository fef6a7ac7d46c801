import { findEmulator, type Found, type FoundEmulator, type OwnEmulator, type Variables } from './find';

/**
 * A group of tests that deploy. Without an emulator they are skipped, and one line on standard error says what is
 * missing and how to get it; with REQUIRE_EMULATOR=1 that is a failure.
 */
export function describeDeployment(title: string, env: Variables, tests: (found: FoundEmulator) => void): void {
  describeFound(title, env, findEmulator(env), tests);
}

/** The same for tests of this emulator itself: an endpoint named by AWS_ENDPOINT_URL is no substitute. */
export function describeOwnEmulator(title: string, env: Variables, tests: (found: OwnEmulator) => void): void {
  const own = { ...env, AWS_ENDPOINT_URL: undefined };
  describeFound(title, env, findEmulator(own), (found) => {
    if (found.kind === 'own') tests(found);
  });
}

function describeFound(title: string, env: Variables, found: Found, tests: (found: FoundEmulator) => void): void {
  if (found.ok) {
    describe(title, () => tests(found));
    return;
  }
  const missing = `${title}: ${found.why}`;
  if (env['REQUIRE_EMULATOR'] === '1') {
    describe(title, () => {
      test('finds an emulator, as REQUIRE_EMULATOR=1 demands', () => {
        throw new Error(missing);
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${missing}\n`);
  describe.skip(title, () => {
    test.todo('needs an emulator');
  });
}

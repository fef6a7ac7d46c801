/**
 * The layers, as rules with advice. Each layer may import only what stands above it in docs/architecture.md.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const only = (layer, allowed, advice) => ({
  name: `${layer}-imports-only-${allowed.length ? allowed.join('-and-') : 'nothing'}`,
  severity: 'error',
  comment: advice,
  from: { path: `^lib/${layer}/` },
  to: { path: '^(lib|config|bin|test|scripts)/', pathNot: `^lib/(${[layer, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one concept or three: join them, or take out what both need.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nothing imports this file: delete it or wire it in.',
      from: { orphan: true, path: '^(lib|bin|config)/', pathNot: '(index\\.ts|\\.d\\.ts)$|^bin/' },
      to: {},
    },
    only('geo', [], 'Geography is facts: it imports nothing, so that everything may rely on it.'),
    only('catalogue', ['geo'], 'The catalogue is data about CloudFormation; what judges it stands below it.'),
    only('template', [], 'Resolution knows CloudFormation text and nothing else; pass facts in as functions.'),
    only(
      'residency',
      ['geo', 'catalogue', 'template'],
      'The judge reads templates and facts; it knows neither the CDK nor the enclave it judges.',
    ),
    only(
      'nag',
      ['residency', 'template', 'catalogue', 'geo'],
      'The gate hands templates to the judge; move any judging into lib/residency.',
    ),
    only(
      'proof',
      ['residency', 'template', 'catalogue', 'geo'],
      'The prover reads policies as synthesized; a prover that shares the builder’s code shares its mistakes.',
    ),
    only(
      'report',
      ['residency', 'proof', 'template', 'catalogue', 'geo'],
      'A view is a pure function of flows and proofs; compute what it lacks in the layer that owns it.',
    ),
    only(
      'attestation',
      ['report', 'residency', 'template', 'catalogue', 'geo'],
      'Attestation compares claims with evidence; it knows nothing of how the enclave is built.',
    ),
    only(
      'hook',
      ['residency', 'template', 'catalogue', 'geo'],
      'The hook is the judge with another way in; what judges stands in lib/residency.',
    ),
    only('migration', [], 'Manifests and ledgers are plain data, so that both sides of a migration can compute them.'),
    only('policy', ['catalogue', 'geo'], 'Policies come from the catalogue; pass configuration in as plain data.'),
    only('gateway', ['geo'], 'Run-time code is bundled into functions: it may carry facts, not builders or judges.'),
    {
      name: 'enclave-imports-only-policy-gateway-geo-and-types-of-config',
      severity: 'error',
      comment: 'The judged never imports the judge, and takes its configuration as an argument: import types only.',
      from: { path: '^lib/enclave/' },
      to: {
        path: '^(lib|config|bin|test|scripts)/',
        pathNot: '^lib/(enclave|policy|gateway|geo)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'enclave-never-meets-the-judge',
      severity: 'error',
      comment: 'A judge that shares the builder’s helpers shares its mistakes.',
      from: { path: '^lib/enclave/' },
      to: { path: '^lib/(residency|nag|template|report|attestation|catalogue|proof)/' },
    },
    {
      name: 'config-imports-only-geo',
      severity: 'error',
      comment: 'Configuration is checked against facts, nothing else.',
      from: { path: '^config/' },
      to: { path: '^(lib|bin|test)/', pathNot: '^lib/geo/' },
    },
    {
      name: 'cdk-only-where-it-is-built-or-gated',
      severity: 'error',
      comment: 'Loading the CDK costs a second: only lib/enclave, lib/nag and bin/enclave.ts may.',
      from: { path: '^(lib|bin|config)/', pathNot: '^(lib/(enclave|nag)/|bin/(enclave|hook)\\.ts)' },
      to: { path: '^node_modules/(aws-cdk-lib|cdk-nag|constructs)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sdk-only-in-readers',
      severity: 'error',
      comment: 'AWS is called in named readers and at the edge, so that everything else is tested without it.',
      from: {
        path: '^(lib|config)/',
        pathNot: '^lib/(attestation/[a-z-]+/[a-z-]+-reader\\.ts|hook/[a-z-]+-reader\\.ts|gateway/)',
      },
      to: { path: '^node_modules/@aws-sdk/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      comment: 'The product never needs its tests.',
      from: { path: '^(lib|bin|config)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      comment: 'Declare the package in package.json.',
      from: { path: '^(lib|bin|config)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      comment: 'A package the product needs is a dependency, not a devDependency.',
      from: { path: '^(lib|config)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(cdk\\.out|dist|\\.local-enclave)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

/** This project's own judge, on the assembly as it lies on disk. */
import { findRegion } from '../../lib/geo';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import { readApplication } from '../../lib/template';
import { version } from '../../package.json';
import type { Tool } from './tool';

export const enclaveCheck: Tool = {
  name: 'enclave check',
  version,
  command: 'npx enclave check cdk.out',
  findings: ({ directory }) => {
    const application = readApplication([{ path: directory }], {
      partitionOf: (region) => findRegion(region)?.partition,
    });
    return judge(application, {
      ...NOTHING_REGISTERED,
      now: new Date(0),
    }).findings.map((flow) => ({
      at: flow.via?.stack ?? flow.store.stack,
      what: `${flow.rule} ${flow.verdict} ${flow.via?.logicalId ?? flow.store.logicalId} ${flow.path}`,
    }));
  },
};

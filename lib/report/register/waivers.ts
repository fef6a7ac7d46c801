/** Registered exceptions, whether each holds, and what it covers. */
import { objectionTo } from '../../residency/exceptions';
import { placeWords, storeWords } from '../wording';
import { document } from './document';
import type { RegisterInput } from './model';

export function waiversDocument(input: RegisterInput): string {
  const { judgement, options } = input;
  return document(
    'waivers',
    input,
    ['Whether owner and approver are who they say, and had the authority, is not shown here.'],
    {
      waivers: options.waivers.map((waiver) => {
        const covered = judgement.flows.filter(
          (flow) => flow.fingerprint === waiver.fingerprint && flow.verdict !== 'inside',
        );
        const objection = objectionTo(waiver, options.now)?.why;
        return {
          ...waiver,
          state: objection ?? (covered.length > 0 ? 'holds' : 'no flow has this fingerprint'),
          covers: covered.map((flow) => ({
            store: storeWords(flow.store),
            class: flow.store.class,
            channel: flow.channel,
            destination: placeWords(flow.destination),
            verdict: flow.verdict,
          })),
        };
      }),
    },
  );
}

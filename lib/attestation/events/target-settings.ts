/** What a target is told beside its address: texts that can name hosts, and the network a task is given. */
import type { Target } from '@aws-sdk/client-eventbridge';
import type { Json } from '../../template';
import { listOf, within } from '../comparison';

/** Places of settings in a template, with their places in an answer where EventBridge spells them otherwise. */
const SETTINGS: readonly (readonly [path: string, answered?: string])[] = [
  ['Input'],
  ['InputTransformer.InputTemplate'],
  ['RedshiftDataParameters.Sql'],
  ['RedshiftDataParameters.Sqls'],
  ['EcsParameters.EnableExecuteCommand'],
  ...['Subnets', 'SecurityGroups', 'AssignPublicIp'].map(
    (part) =>
      [
        `EcsParameters.NetworkConfiguration.AwsVpcConfiguration.${part}`,
        `EcsParameters.NetworkConfiguration.awsvpcConfiguration.${part}`,
      ] as const,
  ),
];

/** What EventBridge answers where nothing was stated. */
const UNSTATED: readonly (Json | undefined)[] = [undefined, null, false, 'DISABLED'];

const words = (path: string, value: Json | undefined): string[] =>
  UNSTATED.includes(value) ? [] : [`${path} ${listOf(value).map(String).sort().join(', ')}`];

const settings = (target: Json, of: (setting: (typeof SETTINGS)[number]) => string): string[] =>
  SETTINGS.flatMap((setting) => {
    const found = words(setting[0], within(target, ...of(setting).split('.')));
    return found.map((text) => `${String(within(target, 'Id'))}: ${text}`);
  });

/** Of a target as a template states it. */
export const statedSettings = (target: Json): string[] => settings(target, ([path]) => path);

/** Of a target as EventBridge answers it. */
export const answeredSettings = (target: Target): string[] =>
  settings(target as unknown as Json, ([path, answered = path]) => answered);

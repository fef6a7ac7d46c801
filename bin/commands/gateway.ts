/** `enclave gateway explain`: what the shipped policies decide in one case, why, and what would have to change. Exit 0; 2: bad input. */
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { gateway } from '../../config/gateway';
import { explain } from '../../lib/gateway/decision/explain';
import { TIMES, TRANSFERS } from '../../lib/gateway/decision/scenario';
import type { Scenario } from '../../lib/gateway/decision/scenario';
import { CedarEngine } from '../../lib/gateway/policies/cedar-engine';
import { validatePolicies } from '../../lib/gateway/policies/validate-policies';
import { dataClass, parseGatewaySettings } from '../../lib/gateway/settings';
import { EXPLANATION_VIEWS } from '../gateway/explanation';

const POLICIES = 'config/gateway';
const ACCESS = ['on', 'off', 'unreadable'] as const;

interface ExplainOptions {
  readonly as: string;
  readonly country: string;
  readonly class: Scenario['class'];
  readonly purpose: string;
  readonly approvals: number;
  readonly privacyApproval: boolean;
  readonly transfer: Scenario['transfer'];
  readonly time: Scenario['time'];
  readonly killSwitch: Scenario['access'];
  readonly format: keyof typeof EXPLANATION_VIEWS;
}

/** The command, ready to be added to the program. */
export function gatewayCommand(): Command {
  const settings = parseGatewaySettings(gateway);
  const roles = settings.roles.map(({ id }) => id);
  const purposes = settings.purposes.map(({ id }) => id);
  const explanation = new Command('explain')
    .description('What the security gateway decides in one case, which policy decides, and what would have to change.')
    .addOption(new Option('--as <role>', 'role of the person who asks').choices(roles).makeOptionMandatory())
    .requiredOption('--country <code>', 'country of contract, employer and network (ISO 3166-1 alpha-2)', countryCode)
    .addOption(new Option('--class <class>', 'class of the dataset').choices(dataClass.options).makeOptionMandatory())
    .addOption(new Option('--purpose <purpose>', 'purpose').choices(purposes).default(purposes[0]))
    .option('--approvals <number>', 'how many others have approved', approvalCount, 0)
    .option('--no-privacy-approval', 'none of them is a privacy officer in the EEA')
    .addOption(new Option('--transfer <state>', 'row in the transfer register').choices(TRANSFERS).default('none'))
    .addOption(new Option('--time <moment>', 'moment of use, seen from the grant').choices(TIMES).default('within'))
    .addOption(new Option('--kill-switch <state>', 'state of the kill switch').choices(ACCESS).default('on'))
    .addOption(
      new Option('--format <format>', 'form of the answer').choices(Object.keys(EXPLANATION_VIEWS)).default('text'),
    )
    .action(async (options: ExplainOptions) => {
      const set = validatePolicies(join(__dirname, '../..', POLICIES), settings);
      const { as: role, killSwitch: access, format, ...rest } = options;
      const scenario: Scenario = { ...rest, role, access };
      const answer = await explain(scenario, settings, new CedarEngine(set), set);
      process.stdout.write(EXPLANATION_VIEWS[format](scenario, answer));
    });
  return new Command('gateway')
    .description('The security gateway: who may read what, from where, and why.')
    .addCommand(explanation);
}

function countryCode(value: string): string {
  if (!/^[A-Z]{2}$/.test(value)) throw new InvalidArgumentError('Write two capital letters, such as SE.');
  return value;
}

function approvalCount(value: string): number {
  if (!/^\d{1,2}$/.test(value)) throw new InvalidArgumentError('Write a number from 0 to 99.');
  return Number(value);
}

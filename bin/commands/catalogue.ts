/** `enclave catalogue [TYPE]`: what is known of a CloudFormation type, or the figures of the whole catalogue. Exit 2: no such type. */
import { Command } from 'commander';
import { allRows, knownTypes, renderType, verdictOf } from '../../lib/catalogue';
import { UsageError } from '../input';

/** The command, ready to be added to the program. */
export function catalogueCommand(): Command {
  return new Command('catalogue')
    .description('What is known of a CloudFormation type: verdict, channels, defences, blind spots.')
    .argument('[type]', 'for example AWS::S3::Bucket')
    .action((type: string | undefined) => {
      if (type === undefined) {
        process.stdout.write(figures());
        return;
      }
      if (!verdictOf(type)) {
        throw new UsageError(
          `${type}: the catalogue has never heard of this type. Check the spelling (AWS::Service::Resource); a template that uses it gets a finding.`,
        );
      }
      process.stdout.write(renderType(type));
    });
}

function figures(): string {
  const verdicts = new Map<string, number>();
  const types = knownTypes();
  for (const type of types) {
    const { verdict } = verdictOf(type)!;
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }
  const counts = [...verdicts].sort(([, a], [, b]) => b - a).map(([verdict, count]) => `${count} ${verdict}`);
  return `${types.length} types: ${counts.join(', ')}; ${allRows().length} channels. Ask for one: enclave catalogue AWS::S3::Bucket\n`;
}

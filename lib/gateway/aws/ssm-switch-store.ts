/** The kill switch's flag in SSM Parameter Store, which counts versions but has no conditional write. */
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { SwitchStore } from '../ports/switch-store';

export class SsmSwitchStore implements SwitchStore {
  constructor(
    private readonly client: SSMClient,
    private readonly name: string,
  ) {}

  async read(): Promise<{ text: string; version: number }> {
    const { Parameter } = await this.client.send(new GetParameterCommand({ Name: this.name }));
    if (Parameter?.Value === undefined || Parameter.Version === undefined)
      throw new Error('The kill switch has no value.');
    return { text: Parameter.Value, version: Parameter.Version };
  }

  async write(text: string, over: number | undefined, onConflict: string): Promise<'written' | 'conflict'> {
    const version = await this.put(text);
    if (over === undefined || version === over + 1) return 'written';
    // Somebody wrote between our reading and writing, perhaps to stop everything: theirs wins over ours.
    await this.put(onConflict);
    return 'conflict';
  }

  private async put(text: string): Promise<number | undefined> {
    const put = new PutParameterCommand({ Name: this.name, Value: text, Type: 'String', Overwrite: true });
    return (await this.client.send(put)).Version;
  }
}

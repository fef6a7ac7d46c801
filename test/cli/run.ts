import { run } from '../../bin/cli';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process and keeps what it prints. */
export async function said(...given: readonly string[]): Promise<Said> {
  let [out, err] = ['', ''];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((words) => ((out += String(words)), true));
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((words) => ((err += String(words)), true));
  try {
    const code = await run(['node', 'enclave', ...given]);
    return { code, out, err };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    process.exitCode = undefined;
  }
}

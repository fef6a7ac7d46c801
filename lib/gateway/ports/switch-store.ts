/** The port to the kill switch's flag. */
export interface SwitchStore {
  /** The flag's text and version. Throws when it cannot be read. */
  read(): Promise<{ readonly text: string; readonly version: number }>;
  /**
   * Writes the flag over the version that was read; undefined: over whatever is there. On `conflict` somebody wrote in
   * between, and the flag stands on what `onConflict` says.
   */
  write(text: string, over: number | undefined, onConflict: string): Promise<'written' | 'conflict'>;
}

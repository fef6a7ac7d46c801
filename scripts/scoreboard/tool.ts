/** A tool on the scoreboard: what it is, how it is run by hand, and what it finds in an assembly. */
import type { App } from 'aws-cdk-lib/core';

/** One synthesised App: what the tools are shown. */
export interface Build {
  readonly app: App;
  /** The assembly's folder. */
  readonly directory: string;
}

/** A finding as the tool would tell two of them apart: rule and place, without the words of the message. */
export interface ToolFinding {
  /** Name of the stack (or the construct path that begins with it). */
  readonly at: string;
  readonly what: string;
}

export interface Tool {
  readonly name: string;
  readonly version: string;
  /** How to run it by hand. */
  readonly command: string;
  /** Set when the tool is not on this machine: how to get it. Such a tool gets no figures. */
  readonly missing?: string;
  readonly findings: (build: Build) => readonly ToolFinding[];
}

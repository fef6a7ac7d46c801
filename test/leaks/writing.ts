/** A way of writing: the same channel, put into a template or a program by another means. */
import type { App } from 'aws-cdk-lib/core';
import type { Json } from '../../lib/template';
import type { Channel } from './channel';
import type { Twin } from './places';

/** A template and where its stack would be deployed. */
export interface StackTemplate {
  readonly name: string;
  readonly region: string;
  /** Parsed, or YAML text with short tags. */
  readonly template: { readonly [section: string]: Json } | string;
}

/** What a case expects of one twin. */
export type Expected = 'outside' | 'unknown' | 'silent';

interface Way {
  readonly slug: string;
  /** Reads after "written": "as a template", "by a property override". */
  readonly words: string;
  /** Why the channel cannot be written this way; undefined when it can. */
  readonly unfit: (channel: Channel) => string | undefined;
  /** Expected of the leaving twin, when it is not what the channel says. */
  readonly leaving?: (channel: Channel) => Expected;
  /** Expected of the staying twin, when it is not silence; with the reason. */
  readonly staying?: (channel: Channel) => { readonly expected: Expected; readonly because: string } | undefined;
}

/** Writes the templates of a case without the CDK. */
export interface TemplateWriting extends Way {
  readonly level: 'template';
  readonly templates: (channel: Channel, twin: Twin) => readonly StackTemplate[];
}

/** Builds the case with the CDK, beside others in one App. */
export interface ProgramWriting extends Way {
  readonly level: 'program';
  readonly build: (app: App, channel: Channel, twin: Twin) => void;
}

export type Writing = TemplateWriting | ProgramWriting;

/**
 * The shapes of resolved CloudFormation: an application is a set of templates, a template a set of resources, and every
 * property of a resource is the set of values it may take at deployment, each with its origin in words.
 *
 * Nothing here knows about geography, data classes or verdicts. What cannot be known is said (`unknown` with a reason),
 * never left out: callers treat unknown as a finding.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

// ---------------------------------------------------------------------------------------------------------------------
// Values
// ---------------------------------------------------------------------------------------------------------------------

/** A fully known scalar. */
export interface Text {
  readonly kind: 'text';
  /** Numbers and booleans are written as CloudFormation writes them (`"true"`, `"7"`). */
  readonly text: string;
  /** The scalar as the template has it, when it is not a string. */
  readonly raw?: number | boolean;
}

/** The identity of a resource of the application whose value is only known at deployment. */
export interface Reference {
  readonly kind: 'reference';
  readonly resource: Resource;
  /** `Ref`, or the attribute of `Fn::GetAtt` (`Arn`, `Endpoint.Address`, …). */
  readonly attribute: string;
}

/** Something that cannot be known from the templates, and why. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly why: string;
  /** The pseudo parameter (`AWS::Region`, `AWS::AccountId`, …) when the stack's environment is what is not known. */
  readonly pseudo?: string;
  /** The template whose environment or parameter is not known. */
  readonly template?: Template;
  /** The template parameter that is open at deployment. */
  readonly parameter?: string;
  /** Set when the value is one zone (or the zones) of this Region: `Fn::GetAZs`. */
  readonly zonesOf?: string;
  /** Resources the value is computed from (a part cut out of an ARN or of a generated name). */
  readonly from?: readonly Reference[];
  /** Readable template of a dynamic reference, e.g. `resolve:ssm:/path`, when that is the reason. */
  readonly dynamic?: string;
}

export type Piece = Text | Reference | Unknown;

/** A concatenation of which not every piece is text; never holds two neighbouring texts, always at least two pieces. */
export interface Pieces {
  readonly kind: 'pieces';
  readonly pieces: readonly Piece[];
}

export type Scalar = Piece | Pieces;

/** A place in a list or map. `optional` when `AWS::NoValue` may leave it out. */
export interface Slot {
  readonly possible: readonly Possible[];
  readonly optional: boolean;
  /** The choices under which it is left out; empty unless `optional`. */
  readonly absentWhen: readonly Assumptions[];
}

export interface List {
  readonly kind: 'list';
  /** Computed when first read. A slot without any possible value is `AWS::NoValue`; it keeps its position. */
  readonly items: readonly Slot[];
  /** Set when more items may follow that cannot be counted. */
  readonly tail?: Unknown;
}

export interface MapValue {
  readonly kind: 'map';
  /** Computed when first read. */
  readonly entries: ReadonlyMap<string, Slot>;
  /** True when a macro or transform inside may add keys that cannot be seen. */
  readonly open: boolean;
}

export type Resolved = Scalar | List | MapValue;

/**
 * The choices under which a value holds: conditions (`condition IsProd` → `true`), parameters (`parameter Env` → `prod`),
 * mapping rows. Keys are qualified by stack, so assumptions of different templates never collide by accident.
 */
export type Assumptions = ReadonlyMap<string, string>;

/** One value a property may take at deployment. */
export interface Possible {
  readonly value: Resolved;
  /** Reasoning steps in words, outermost first: `parameter TargetRegion (default; open at deployment)`. Empty for a literal. */
  readonly origin: readonly string[];
  readonly assuming: Assumptions;
}

/** A property (or whatever a pattern reaches) with every value it may take. */
export interface Leaf {
  /** Concrete and resolved: `ReplicationConfiguration.Rules[0].Destination.Bucket`. Intrinsics on the way leave no trace. */
  readonly path: string;
  /** Never empty. */
  readonly possible: readonly Possible[];
  /** True when under some condition the property is left out. */
  readonly optional: boolean;
  /** One-based line in the template file; computed when read. */
  readonly line: number | undefined;
}

export type Presence = 'always' | 'sometimes' | 'never';

// ---------------------------------------------------------------------------------------------------------------------
// Templates
// ---------------------------------------------------------------------------------------------------------------------

/** Where a template comes from and where its stack would be deployed. */
export interface TemplateSource {
  /** Path as the caller would recognise it. */
  readonly file: string;
  readonly stackName: string;
  /** True when nobody said the name: it is the file's, by which other templates may refer to this one. */
  readonly isNameAssumed?: boolean;
  /** Absent when the stack is environment-agnostic. */
  readonly region?: string;
  readonly account?: string;
  /** CDK path of the stack, when the assembly has it. */
  readonly constructPath?: string;
  /** Set for a nested stack: the `AWS::CloudFormation::Stack` resource that creates it. */
  readonly nestedIn?: Resource;
  /** False for a template that lies in an assembly but is not named by its manifest. */
  readonly owned: boolean;
}

/** Something in the input that keeps the answer from being complete. Every problem is to be treated as a finding. */
export interface Problem {
  readonly kind:
    | 'unowned-template'
    | 'macro'
    | 'transform'
    | 'nested-template-missing'
    | 'nested-template-cycle'
    | 'manifest'
    | 'malformed';
  /** One line: what was seen and what it means. */
  readonly message: string;
  readonly file: string;
  readonly line?: number;
  readonly template?: Template;
  readonly logicalId?: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly possible: readonly Possible[];
  readonly line: number | undefined;
}

export interface Output {
  readonly name: string;
  readonly possible: readonly Possible[];
  /** Names under which the output may be exported; empty when it is not. */
  readonly exportNames: readonly Possible[];
  readonly condition: string | undefined;
  readonly line: number | undefined;
}

/** A condition with the truth values it may take. */
export interface Condition {
  readonly name: string;
  readonly possible: readonly {
    readonly holds: boolean;
    readonly origin: readonly string[];
    readonly assuming: Assumptions;
  }[];
}

export interface Template {
  readonly source: TemplateSource;
  readonly application: Application;
  readonly raw: { readonly [key: string]: Json };
  /** As it was read; absent for a template that is no file. */
  readonly text: string | undefined;
  readonly resources: readonly Resource[];
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly outputs: ReadonlyMap<string, Output>;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly mappings: Json;
  /** Names of transforms and macros the template declares at its top. */
  readonly transforms: readonly string[];
  resource(logicalId: string): Resource | undefined;
  /** One-based line of a raw path, e.g. `['Resources', 'Bucket', 'Properties', 'BucketName']`; the nearest ancestor's when it does not exist. */
  lineOf(path: readonly (string | number)[]): number | undefined;
  /** Resolves any expression as if it stood in this template. */
  resolve(expression: Json): readonly Possible[];
}

export interface Resource {
  readonly template: Template;
  readonly logicalId: string;
  /** `AWS::S3::Bucket`; empty when the template states none. */
  readonly type: string;
  readonly raw: { readonly [key: string]: Json };
  /** Name of the condition under which the resource exists. */
  readonly condition: string | undefined;
  /** False when the condition can be shown never to hold. */
  readonly mayExist: boolean;
  /** Raw `Properties`; an empty object when absent. */
  readonly properties: Json;
  /** CDK path from `Metadata.aws:cdk:path` or the manifest. */
  readonly constructPath: string | undefined;
  /** Where the construct was created in the program, when the assembly records it. */
  readonly sourceLocation: { readonly file: string; readonly line: number } | undefined;
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
  readonly line: number | undefined;
  /**
   * Everything reachable at a pattern under `Properties`: `ReplicationConfiguration.Rules[].Destination.Bucket`.
   * `[]` is any list index (and a lone object where a list is expected), `{}` any map key, `*` one level of either; other segments are property names;
   * a name that itself holds a dot or bracket is quoted: `Map."a.b"`. The empty pattern is `Properties` itself.
   * Every branch of `Fn::If` is followed, `AWS::NoValue` yields nothing. When an intrinsic on the way cannot be seen through
   * the result is one leaf at the point where sight ends, with an unknown value: nothing is silently skipped.
   */
  at(pattern: string): readonly Leaf[];
  /** Every scalar leaf under `Properties`, for the value sweep. Bounded: ends with one unknown leaf when there are too many. */
  leaves(): Iterable<Leaf>;
  has(pattern: string): Presence;
  /** Names the resource is given in the template (`BucketName`, `TableName`, …). Empty when CloudFormation generates it. */
  physicalNames(): readonly Possible[];
}

export interface Application {
  /** Top-level stacks first in the order read, each followed by its nested stacks. */
  readonly templates: readonly Template[];
  readonly problems: readonly Problem[];
  /** Every resource of every template. */
  resources(): Iterable<Resource>;
  /** Resources of a CloudFormation type, over all templates. */
  ofType(type: string): readonly Resource[];
  /** Templates whose stack has this name. */
  stacksNamed(stackName: string): readonly Template[];
  /** Resources of a type (any type when undefined) whose declared physical name may be `name`, whatever Region or account they are in. */
  byPhysicalName(type: string | undefined, name: string): readonly Resource[];
  /**
   * The resources a value denotes: by reference, by an ARN whose resource part holds a reference or a declared physical
   * name, or by the bare physical name. Empty when it denotes none of this application. Limited to `type` when given.
   */
  denoted(value: Resolved, type?: string): readonly Resource[];
}

// ---------------------------------------------------------------------------------------------------------------------
// Input
// ---------------------------------------------------------------------------------------------------------------------

/** A path to read: an assembly (`cdk.out`), a template, or a folder of templates. */
export interface InputPath {
  readonly path: string;
  /** Where bare templates of this path would be deployed; an assembly's own environment goes before it. */
  readonly region?: string;
  readonly account?: string;
}

/** A template already in memory. */
export interface InputTemplate {
  readonly template: Json | string;
  readonly stackName?: string;
  readonly file?: string;
  readonly region?: string;
  readonly account?: string;
}

/** Partition of a Region (`aws`, `aws-cn`, …) or undefined when the Region is not known. */
export type PartitionOf = (region: string) => string | undefined;

export interface ReadOptions {
  /** Injected: this layer holds no geography. */
  readonly partitionOf: PartitionOf;
}

/** The sections of an ARN. An empty section is empty text: an empty Region does NOT mean the same Region. */
export interface Arn {
  readonly partition: Scalar;
  readonly service: Scalar;
  readonly region: Scalar;
  readonly account: Scalar;
  /** Everything after the fifth colon. */
  readonly resource: Scalar;
}

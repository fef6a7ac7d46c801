/**
 * What the judge knows before it judges: the application, whose accounts are ours, which external stores and hosts are
 * registered, and where each stack stands. Answers are computed once and kept.
 */
import type { Application, Resolved, Resource, Template } from '../template';
import { fullLabel, physicalNameOf } from './labels';
import type { Opinion } from './opinion';
import { unknown } from './opinion';
import type { JudgeOptions, SitePlace } from './options';
import { regionOpinion } from './places';
import type { ExternalStore, ExternalStores } from './registers/external-stores';

const ACCOUNT_ID = /^\d{12}$/;

export class Premises {
  private readonly homes = new Map<Template, Opinion>();
  private readonly standings = new Map<Resource, Opinion>();
  private readonly ours: ReadonlySet<string>;
  private readonly externalByName: ReadonlyMap<string, ExternalStore>;
  private readonly hostsByName: ReadonlyMap<string, ExternalStores['hosts'][number]>;

  constructor(
    readonly application: Application,
    readonly options: JudgeOptions,
  ) {
    this.ours = new Set([
      ...application.templates.flatMap(({ source }) => (source.account ? [source.account] : [])),
      ...options.accounts,
      ...options.stores.accounts.map((account) => account.id),
    ]);
    this.externalByName = new Map(
      options.stores.stores.flatMap((store) =>
        [store.name, store.arn].filter((key) => key !== undefined).map((key) => [key, store] as const),
      ),
    );
    this.hostsByName = new Map(options.stores.hosts.map((host) => [host.host, host]));
  }

  /** Where a resource stands: the Region and account its stack is deployed to. */
  home(resource: Resource): Opinion {
    return this.homeOf(resource.template);
  }

  homeOf(template: Template): Opinion {
    const known = this.homes.get(template);
    if (known) return known;
    const { stackName, region, account } = template.source;
    const found = region
      ? regionOpinion(region, account)
      : unknown(`stack ${stackName} has no literal Region and could be deployed anywhere`, {
          kind: 'region',
          value: `Region of stack ${stackName}`,
          ...(account ? { account } : {}),
        });
    this.homes.set(template, found);
    return found;
  }

  /** A resource by its name and where it stands. Kept, because whatever is referred to is referred to often. */
  standing(resource: Resource): Opinion {
    const known = this.standings.get(resource);
    if (known) return known;
    const home = this.home(resource);
    const name = physicalNameOf(resource) ?? fullLabel(resource);
    const because =
      home.verdict === 'unknown'
        ? `\`${name}\`: ${home.because}`
        : `\`${name}\`, which stack ${resource.template.source.stackName} creates in ${home.because}`;
    const standing: Opinion = { place: { ...home.place, value: name }, verdict: home.verdict, because };
    this.standings.set(resource, standing);
    return standing;
  }

  /** True for accounts of the judged stacks and registered ones. */
  isOurAccount(account: string): boolean {
    return this.ours.has(account);
  }

  /** A registered store by name or ARN. */
  externalStore(nameOrArn: string): ExternalStore | undefined {
    return this.externalByName.get(nameOrArn);
  }

  /** The register's entry for a host: exact, else the closest `*.` entry above it. */
  registeredHost(host: string): ExternalStores['hosts'][number] | undefined {
    const exact = this.hostsByName.get(host);
    if (exact) return exact;
    const labels = host.split('.');
    for (let cut = 1; cut < labels.length - 1; cut++) {
      const above = this.hostsByName.get(`*.${labels.slice(cut).join('.')}`);
      if (above) return above;
    }
    return undefined;
  }

  /** The sites (usually one) whose place is this account and Region; undefined when no sites are given. */
  sitesAt(account: string | undefined, region: string | undefined): readonly SitePlace[] | undefined {
    return this.options.sites?.filter((site) => site.account === account && site.region === region);
  }

  /**
   * The resources of the application a value denotes. Templates nobody owns (left in an assembly by an earlier synthesis)
   * prove nothing about where a name leads.
   */
  denoted(value: Resolved, type?: string): readonly Resource[] {
    const { belongs } = this.options;
    return this.application
      .denoted(value, type)
      .filter(({ template: { source } }) => source.owned && (belongs?.(source.file) ?? true));
  }
}

/** True for a literal 12-digit account id. */
export function isAccountId(text: string): boolean {
  return ACCOUNT_ID.test(text);
}

import type { Construct } from 'constructs';
import { EnclaveStack } from '../enclave-stack';
import type { SiteKeys } from '../keys/keys-stack';
import type { SiteContext } from '../site-context';
import { AuditorRole } from './auditor-role';
import { Decisions } from './decisions';
import { DetectorRules } from './detector-rules';
import { SettingsRecorder } from './settings-recorder';
import { SiteDashboard } from './site-dashboard';
import { SiteTrail } from './site-trail';
import { StopAccess } from './stop-access';
import { TrailAlarms } from './trail-alarms';

/** What a site tells the auditor, and what the auditor may do in it: look, and switch access off. */
export class SiteOversightStack extends EnclaveStack {
  constructor(scope: Construct, at: SiteContext, keys: SiteKeys) {
    super(scope, 'oversight', at, 'trail, detectors and settings for the auditor');
    const logsKey = keys.keyFor('audit', 'logs');
    const trail = new SiteTrail(this, 'Trail', at, logsKey);
    const alarms = new TrailAlarms(this, 'Alarms', at, trail.logGroup);
    const rules = new DetectorRules(this, 'Detectors', at);
    const decisions = new Decisions(this, 'Decisions', at, rules, logsKey);
    new SettingsRecorder(this, 'Settings', at);
    const stop = new StopAccess(this, 'StopAccess', at);
    new AuditorRole(this, 'Auditor', at, stop.arn);
    new SiteDashboard(this, 'Dashboard', at, { rules, alarms, decisions });
  }
}

/** The enclave with the residency gate alone. */
import { App, Validations } from 'aws-cdk-lib/core';
import { bundleGateway } from '../../bin/gateway/bundle';
import { checkedGateway } from '../../bin/gateway/checked';
import { residencyChecks } from '../../bin/residency';
import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { buildEnclave } from '../../lib/enclave/enclave';
import { residencyGateContext } from '../../lib/nag';

const config = parseEnclave(enclave);
const app = new App({ postCliContext: residencyGateContext() });
const { plan } = bundleGateway(config, checkedGateway(config, new Date()));
buildEnclave(app, config, plan);
Validations.of(app).addPlugins(residencyChecks(app, config, plan.transfers, () => undefined));
app.synth();

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
buildEnclave(app, config, bundleGateway(config, checkedGateway(config, new Date())).plan);
Validations.of(app).addPlugins(residencyChecks(app, config, new Date(), () => undefined));
app.synth();

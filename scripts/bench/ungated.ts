/** The enclave without any gate: the floor that the gate's cost is measured against. */
import { App } from 'aws-cdk-lib/core';
import { bundleGateway } from '../../bin/gateway/bundle';
import { checkedGateway } from '../../bin/gateway/checked';
import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { buildEnclave } from '../../lib/enclave/enclave';

const config = parseEnclave(enclave);
const app = new App();
buildEnclave(app, config, bundleGateway(config, checkedGateway(config, new Date())).plan);
app.synth();

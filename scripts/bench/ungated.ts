/** The enclave without any gate: the floor that the gate's cost is measured against. */
import { App } from 'aws-cdk-lib/core';
import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { buildEnclave } from '../../lib/enclave/enclave';

const app = new App();
buildEnclave(app, parseEnclave(enclave));
app.synth();

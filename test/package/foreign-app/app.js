// Somebody else's application: plain JavaScript, one file, nothing of ours but the three lines of the gate.
const cdk = require('aws-cdk-lib');
const s3 = require('aws-cdk-lib/aws-s3');
const { Validations } = cdk;
const { ResidencyChecks, residencyGateContext } = require('eea-enclave');

const app = new cdk.App({ postCliContext: residencyGateContext() });
const stack = new cdk.Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-central-1' } });
const orders = new s3.Bucket(stack, 'Orders', { versioned: true });

if (app.node.tryGetContext('leak')) {
  const elsewhere = new cdk.Stack(app, 'Backup', { env: { account: '123456789012', region: 'eu-west-2' } });
  const copies = new s3.Bucket(elsewhere, 'Copies', { bucketName: 'shop-copies-123456789012', versioned: true });
  orders.node.defaultChild.replicationConfiguration = {
    role: `arn:aws:iam::123456789012:role/replication`,
    rules: [{ status: 'Enabled', destination: { bucket: copies.bucketArn } }],
  };
}

Validations.of(app).addPlugins(new ResidencyChecks(app));
app.synth();

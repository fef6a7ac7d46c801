import { payloadAddress } from '../../lib/hook/payload';

const OF_DUBLIN = [
  'https://cfn-hooks-payload.s3.eu-west-1.amazonaws.com/key?X-Amz-Signature=00',
  'https://cfn-hooks-payload.s3-eu-west-1.amazonaws.com/key',
  'https://s3.eu-west-1.amazonaws.com/cfn-hooks-payload/key',
  'https://cfn-hooks-payload.s3.dualstack.eu-west-1.amazonaws.com/key',
];

const NOT_OF_DUBLIN = [
  'http://cfn-hooks-payload.s3.eu-west-1.amazonaws.com/key',
  'https://cfn-hooks-payload.s3.us-east-1.amazonaws.com/key',
  'https://cfn-hooks-payload.s3.amazonaws.com/key',
  'https://cfn-hooks-payload.s3.eu-west-1.amazonaws.com.example.com/key',
  'https://cfn-hooks-payload.s3.eu-west-1.amazonaws.com:8443/key',
  'https://user@cfn-hooks-payload.s3.eu-west-1.amazonaws.com/key',
  'https://s3.eu-west-1.amazonaws.com@example.com/key',
  'https://evils3.eu-west-1.amazonaws.com/key',
  'https://cfn-hooks-payload.s3xeu-west-1.amazonaws.com/key',
  'https://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'not an address',
];

test.each(OF_DUBLIN)('%s is S3 in Dublin', (address) => {
  expect(payloadAddress(address, 'eu-west-1').href).toBe(address);
});

test.each(NOT_OF_DUBLIN)('%s is not S3 in Dublin', (address) => {
  expect(() => payloadAddress(address, 'eu-west-1')).toThrow(/template of the hook/);
});

test('in the sovereign partition S3 has a name of its own', () => {
  const address = 'https://cfn-hooks-payload.s3.eusc-de-east-1.amazonaws.eu/key';
  expect(payloadAddress(address, 'eusc-de-east-1').href).toBe(address);
  expect(() => payloadAddress(address.replace('.eu/', '.com/'), 'eusc-de-east-1')).toThrow(/not S3/);
});

test('a Region nobody knows has no S3', () => {
  expect(() => payloadAddress('https://b.s3.xx-west-1.amazonaws.com/key', 'xx-west-1')).toThrow(/readable address/);
});

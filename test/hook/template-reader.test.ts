import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { templateReader } from '../../lib/hook/template-reader';

/** What CloudFormation answers to GetTemplate, in its query protocol. */
const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
  there: [
    200,
    '<GetTemplateResponse><GetTemplateResult><TemplateBody>{"Resources":{}}</TemplateBody></GetTemplateResult></GetTemplateResponse>',
  ],
  missing: [400, fault('ValidationError', 'Stack with id missing does not exist')],
  closed: [403, fault('AccessDenied', 'not authorized to perform: cloudformation:GetTemplate')],
};
const asked: string[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const [, region] = /\/\d{8}\/([a-z0-9-]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const parameters = new URLSearchParams(body);
    const name = parameters.get('StackName') ?? '';
    asked.push(`${parameters.get('Action')} ${parameters.get('TemplateStage')} ${name} ${region}`);
    const [status, text] = ANSWERS[name]!;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
  });
});
const before = { ...process.env };

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
});

afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test('a deployed template is read in its Region, with macros run', async () => {
  await expect(templateReader()('there', 'eu-north-1')).resolves.toBe('{"Resources":{}}');
  expect(asked).toEqual(['GetTemplate Processed there eu-north-1']);
});

test('a stack that is not there has no template', async () => {
  await expect(templateReader()('missing', 'eu-west-1')).resolves.toBeUndefined();
});

test('a template that may not be read is an error, not an absence', async () => {
  await expect(templateReader()('closed', 'eu-west-1')).rejects.toThrow('not authorized');
});

function fault(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

'use strict';
/**
 * Runs one custom-resource request through a deployed Node.js handler and prints the handler's answer.
 *
 * Standard input: JSON {event, handler, folder, answer}; `answer` is the marker to print before the answer.
 * Handlers send their answer with an HTTPS PUT to the event's ResponseURL; that one request is caught here,
 * everything else goes where it goes.
 */
const { readFileSync } = require('node:fs');
const https = require('node:https');
const { join } = require('node:path');
const { Writable } = require('node:stream');
const { setImmediate } = require('node:timers');
const { URL } = require('node:url');

const { event, handler, folder, answer } = JSON.parse(readFileSync(0, 'utf8'));
const responseHost = new URL(event.ResponseURL).hostname;
let answered = false;

function finish(body) {
  if (answered) return;
  answered = true;
  process.stdout.write(`\n${answer}${body}`);
}

const realRequest = https.request;
https.request = function (options, onResponse) {
  const host = options && (options.hostname || options.host);
  if (host !== responseHost) return realRequest.apply(this, arguments);
  let body = '';
  const request = new Writable({
    write(chunk, _encoding, next) {
      body += chunk;
      next();
    },
    final(next) {
      finish(body);
      next();
      if (onResponse) setImmediate(() => onResponse({ statusCode: 200, statusMessage: 'OK', on() {}, resume() {} }));
    },
  });
  return request;
};

const dot = handler.lastIndexOf('.');
const context = {
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  logStreamName: 'none',
  getRemainingTimeInMillis: () => 60_000,
  done() {},
};
Promise.resolve()
  .then(() => require(join(folder, handler.slice(0, dot)))[handler.slice(dot + 1)](event, context, () => {}))
  .catch((error) => finish(JSON.stringify({ Status: 'FAILED', Reason: String((error && error.stack) || error) })));

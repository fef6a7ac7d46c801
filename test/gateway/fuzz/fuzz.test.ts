import { fuzz } from './fuzz';

test('random and malformed requests never crash a handler, never go unrecorded, and no value of them comes back', async () => {
  const report = await fuzz(4_000, 20_261_122);
  expect(report).toMatchObject({ crashes: [], leaks: [], unrecorded: 0 });
  // The requests really went everywhere: refused at every gate, and some let through.
  expect(Object.keys(report.statuses)).toEqual(
    expect.arrayContaining(['200', '202', '400', '401', '403', '404', '409', '413']),
  );
}, 120_000);

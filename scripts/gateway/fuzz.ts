/** `npm run gateway:fuzz [requests] [seed]`: random and malformed requests against the handlers; exit 1 when one crashes or leaks. */
import { fuzz } from '../../test/gateway/fuzz/fuzz';

const [requests = '100000', seed = '1'] = process.argv.slice(2);
void fuzz(Number(requests), Number(seed)).then((report) => {
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.crashes.length + report.leaks.length + report.unrecorded > 0 ? 1 : 0;
});

// Preloaded into a measured process: when it exits, its CPU time and peak memory go to the file named by the last option.
const { writeFileSync } = require('node:fs');
const file = process.execArgv.find((option) => option.startsWith('--title='))?.slice('--title='.length);
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  if (file)
    writeFileSync(
      file,
      JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 }),
    );
});

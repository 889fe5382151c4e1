// tus-js-client, a client of others, sends one file: node tus_client.cjs <files address> <code> <file> <bytes at once>
// It prints each offset that was acknowledged, and at the end where the file is.
const fs = require("node:fs");
const tus = require("tus-js-client");

const [endpoint, code, path, atOnce] = process.argv.slice(2);
const upload = new tus.Upload(fs.createReadStream(path), {
  endpoint,
  chunkSize: Number(atOnce),
  uploadSize: fs.statSync(path).size,
  metadata: { filename: "schijf.img", filetype: "application/octet-stream" },
  headers: { "Meldpunt-Draft": code },
  retryDelays: Array(60).fill(250),
  onChunkComplete: (_size, accepted) => console.log(`kept ${accepted}`),
  onError: (error) => { console.error(String(error)); process.exit(1); },
  onSuccess: () => console.log(`whole ${upload.url}`),
});
upload.start();

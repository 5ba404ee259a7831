// Imported before everything else, and written for any Node that knows modules: an old one gets a sentence, not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Parley needs Node 20.19 or later; this is ${process.version}.`)
  process.exit(1)
}

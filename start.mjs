// Plain JavaScript, so that a Node.js too old to read TypeScript still gets as far as this sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Guildhall needs Node.js 24 or newer; this is ${major}.${minor}. "npm start" uses the one it installed.`,
  );
  process.exit(1);
}
await import('./src/main.ts');

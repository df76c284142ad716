// verify.cjs BUNDLE PUBLIC_KEY: exit code 0 when Sigstore's own verifier takes the bundle's signature as this key's.
const { readFileSync } = require('node:fs');
const { createPublicKey } = require('node:crypto');
const { bundleFromJSON } = require('@sigstore/bundle');
const { Verifier, toSignedEntity } = require('@sigstore/verify');

const [bundleFile, keyFile] = process.argv.slice(2);
const publicKey = createPublicKey(readFileSync(keyFile));
const nobody = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
const trust = { ...nobody, publicKey: () => ({ publicKey, validFor: () => true }) };
const none = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 };
const bundle = bundleFromJSON(JSON.parse(readFileSync(bundleFile, 'utf8')));
new Verifier(trust, none).verify(toSignedEntity(bundle));
console.log('verified');

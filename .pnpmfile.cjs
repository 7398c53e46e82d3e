// ky 2 declares Node 22. It was measured to behave the same on Node 20, which we support, so nobody needs the warning.
module.exports = {
  hooks: {
    readPackage(manifest) {
      if (manifest.name === 'ky') delete manifest.engines;
      return manifest;
    },
  },
};

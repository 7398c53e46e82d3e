import type { NextConfig } from 'next';

const nextConfig: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  // `saystream-relay` takes the sockets, which a route handler cannot. Next.js forwards requests and sockets to it.
  async rewrites() {
    return [{ source: '/stream/:path*', destination: `${process.env.STREAM_RELAY ?? 'http://127.0.0.1:8788'}/:path*` }];
  },
};

export default nextConfig;

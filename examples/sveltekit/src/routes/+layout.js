// The pages are rendered in Node during the build.
export const prerender = true;

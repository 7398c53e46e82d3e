import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// `saystream-relay` listens here while you develop.
const proxy = { '/speech': { target: 'http://127.0.0.1:8788', ws: true } };

export default defineConfig({ plugins: [sveltekit()], server: { proxy } });

import { build, transform } from 'esbuild'; import { brotliCompressSync as b } from 'node:zlib';
import { readFileSync } from 'node:fs';
const minCss = {name:'c',setup(x){x.onLoad({filter:/-style\.ts$/},async({path})=>{let t=readFileSync(path,'utf8');const m=/`([\s\S]*)`/.exec(t);const {code}=await transform(m[1],{loader:'css',minify:true});return {contents:t.replace(m[0],()=>'`'+code.trim()+'`'),loader:'ts'}})}};
const size = async (contents)=>{const r=await build({stdin:{contents,resolveDir:'/tmp/h-element/packages/saystream/src',loader:'ts'},bundle:true,minify:true,write:false,format:'esm',target:'es2022',platform:'browser',legalComments:'none',plugins:[minCss],external:['virtual:*']});return b(r.outputFiles[0].contents).length};
const a=await size("export * from './index.ts'"), c=await size("export * from './index.ts'; import './element.ts'");
const q=await build({entryPoints:['/tmp/h-element/packages/saystream/src/element.ts'],bundle:true,minify:true,write:false,format:'esm',target:'es2022',external:['@saystream/*'],plugins:[minCss]});if(process.argv[2])console.log(q.outputFiles[0].text);
console.log((a/1024).toFixed(2),(c/1024).toFixed(2),'element beyond:',((c-a)/1024).toFixed(3));

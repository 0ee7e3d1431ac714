import { defineConfig } from "vitest/config";
const root="/work/wt/console/";
export default defineConfig({ root, resolve:{alias:[{find:/^graphql$/,replacement:`${root}node_modules/graphql/index.js`}]}, test:{ include:["test/**/*.test.ts"], isolate:false, testTimeout:300000, hookTimeout:300000 }});

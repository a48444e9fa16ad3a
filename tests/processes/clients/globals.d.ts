// All of Node that score.ts uses; its types are a package of their own.
declare const process: { argv: string[] };

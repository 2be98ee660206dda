import{diffTree,listTree,readBlobs,readFileAt}from"./chunk-5FA4ZDO7.js";import"./chunk-ULWLJFWP.js";import"./chunk-A3OMQZ6U.js";export{diffTree,listTree,readBlobs,readFileAt};

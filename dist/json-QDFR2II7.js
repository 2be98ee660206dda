import{renderJson}from"./chunk-OESTNNJZ.js";import"./chunk-FZTUEN56.js";import"./chunk-4AVZ2PON.js";export{renderJson};

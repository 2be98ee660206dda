import{listRules,listRulesAsJson,onlyIn}from"./chunk-RA4CKB4O.js";import"./chunk-OIXJYAER.js";import"./chunk-A3OMQZ6U.js";export{listRules,listRulesAsJson,onlyIn};

import{listRules,listRulesAsJson,onlyIn}from"./chunk-JUK2GXYO.js";import"./chunk-ZHNGA5OV.js";import"./chunk-A3OMQZ6U.js";export{listRules,listRulesAsJson,onlyIn};

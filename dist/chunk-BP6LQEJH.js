import{SEVERITIES}from"./chunk-ZHNGA5OV.js";var FAIL_ON=[...SEVERITIES,"never"];export{FAIL_ON};

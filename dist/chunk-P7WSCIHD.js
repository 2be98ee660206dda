import{SEVERITIES}from"./chunk-OIXJYAER.js";var FAIL_ON=[...SEVERITIES,"never"];export{FAIL_ON};

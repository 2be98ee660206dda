import{profilesOfRule}from"./chunk-ZHNGA5OV.js";function listRules(rules){let width=Math.max(0,...rules.map(({id})=>id.length)),lines=rules.map(rule=>`${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${rule.title}${onlyIn(profilesOfRule(rule))}`),count=`${rules.length} ${rules.length===1?"rule":"rules"}`;return`${lines.join(`
`)}

${count}. \`portcullis explain <rule>\` tells more of one.
`}function listRulesAsJson(rules){return`${JSON.stringify(rules,null,2)}
`}function onlyIn(profiles){return profiles===null?"":` (only in profile ${profiles.join(", ")})`}export{listRules,listRulesAsJson,onlyIn};

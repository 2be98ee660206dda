import"./chunk-A3OMQZ6U.js";function listRules(rules){let width=Math.max(0,...rules.map(({id})=>id.length)),lines=rules.map(({id,severity,title})=>`${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}`),count=`${rules.length} ${rules.length===1?"rule":"rules"}`;return`${lines.join(`
`)}

${count}. \`portcullis explain <rule>\` tells more of one.
`}function listRulesAsJson(rules){return`${JSON.stringify(rules,null,2)}
`}export{listRules,listRulesAsJson};

import { writeFileSync } from 'node:fs';
import { type FlowResult, loadFlow, prepare, toHtml, toJUnit } from '../../src/index.ts';

const { flow, read } = loadFlow('flows/menu/flow.yaml');
const results: FlowResult[] = [{ flow: 'menu', verdict: 'ok', replay: await prepare(flow, { read }).run() }];
writeFileSync('report.html', toHtml(results, { title: 'Corner Books' }));
writeFileSync('report.xml', toJUnit(results));

import { posix } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { transcriptOf } from '../replay/transcript.ts';
import type { FlowResult, ReportedFinding, ReportOptions } from './flow-result.ts';
import { isGood, reasonOf } from './flow-result.ts';
import { xmlAttribute, xmlText } from './xml-text.ts';

/** Test results as JUnit XML, which Jenkins, GitLab and others read: a suite a folder, a test case a flow. */
export function toJUnit(
  results: readonly FlowResult[],
  { title = 'callflow', exploration }: ReportOptions = {},
): string {
  const suites = Object.entries(Object.groupBy(results, ({ flow }) => folderOf(flow))).map(([folder, flows = []]) =>
    suite(
      folder,
      flows.map((result) => flowCase(result, folder)),
    ),
  );
  if (exploration) suites.push(suite('exploration', exploration.findings.map(findingCase)));
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlAttribute(title)}" ${counted(all)}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  name: string;
  folder: string;
  seconds: number;
  /** What is wrong with it, as an element. */
  wrong?: { element: 'failure' | 'error'; type: string; message: string; text: string };
  output?: string;
}

function suite(name: string, cases: readonly Case[]): { xml: string; cases: readonly Case[] } {
  const lines = [`  <testsuite name="${xmlAttribute(name)}" ${counted(cases)}>`, ...cases.map(toXml), '  </testsuite>'];
  return { xml: lines.join('\n'), cases };
}

function counted(cases: readonly Case[]): string {
  const count = (element: string) => cases.filter(({ wrong }) => wrong?.element === element).length;
  const total = cases.reduce((sum, { seconds }) => sum + seconds, 0);
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" time="${total.toFixed(3)}"`;
}

function toXml({ name, folder, seconds, wrong, output }: Case): string {
  const head = `    <testcase name="${xmlAttribute(name)}" classname="${xmlAttribute(folder)}" time="${seconds.toFixed(3)}"`;
  if (!wrong) return `${head}/>`;
  const { element, type, message, text } = wrong;
  return [
    `${head}>`,
    `      <${element} type="${xmlAttribute(type)}" message="${xmlAttribute(message)}">${xmlText(text)}</${element}>`,
    ...(output === undefined ? [] : [`      <system-out>${xmlText(output)}</system-out>`]),
    '    </testcase>',
  ].join('\n');
}

function flowCase(result: FlowResult, folder: string): Case {
  const { flow, verdict, difference, error, replay, tookMs = 0 } = result;
  const told = { name: posix.basename(flow), folder, seconds: tookMs / 1000 };
  if (isGood(result)) return told;
  const message = reasonOf(result);
  const text = stripVTControlCharacters(difference ?? message);
  return {
    ...told,
    wrong: error
      ? { element: 'error', type: error.code, message, text: message }
      : { element: 'failure', type: verdict, message, text },
    ...(replay && { output: transcriptOf(replay.journal) }),
  };
}

const findingCase = ({ kind, message, steps = '', url = '', line, replay }: ReportedFinding): Case => ({
  name: message,
  folder: 'exploration',
  seconds: 0,
  wrong: {
    element: 'failure',
    type: kind,
    message,
    text: [steps, line === undefined ? url : `${url} line ${line}`].filter(Boolean).join('\n'),
  },
  ...(replay && { output: transcriptOf(replay.journal) }),
});

const folderOf = (flow: string) => posix.dirname(flow.replaceAll('\\', '/'));

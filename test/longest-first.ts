import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The slow files, the slowest first: one that starts late keeps the whole run waiting. */
const SLOW = [
  ...['browser/accessibility', 'browser/engines/dialogs', 'browser/engines/returning', 'browser/scrolling'],
  ...['browser/preferences', 'browser/xss', 'browser/journey', 'browser/engines/journey', 'browser/contrast'],
  ...['system/deaf-peers', 'system/original-app', 'system/database-away', 'system/socket-abuse', 'system/damage'],
  ...['system/journey', 'system/erasing', 'system/lost-file', 'postgres/lost-answers', 'event-stream/limits'],
].map((name) => `/test/${name}.test.ts`);

/** Starts the slow files of each project first, on a machine too that has not run them before. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || placeOf(a) - placeOf(b));
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

function placeOf({ moduleId }: TestSpecification): number {
  const place = SLOW.findIndex((name) => moduleId.endsWith(name));
  return place === -1 ? SLOW.length : place;
}

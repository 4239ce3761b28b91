import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The slow files, the slowest first: one that starts late keeps the whole run waiting. */
const SLOW = [
  ...['browser/accessibility', 'browser/engines/dialogs', 'browser/engines/returning', 'browser/engines/journey'],
  ...['browser/engines/offline', 'browser/formatting/xss', 'browser/xss', 'browser/scrolling', 'browser/preferences'],
  ...['browser/journey', 'browser/offline', 'browser/drafts', 'browser/completion/completion', 'browser/changes'],
  ...['browser/members', 'browser/contrast', 'browser/sending'],
  ...['properties/following', 'http/authorization'],
  ...['system/crash', 'system/original-app', 'system/database-away', 'system/deaf-peers', 'system/restarts'],
  ...['system/socket-abuse', 'system/damage', 'system/journey', 'system/erasing', 'system/lost-file'],
  ...['system/restore', 'system/redis-away', 'system/database-place', 'system/shutdown', 'system/restored-page'],
  ...['postgres/lost-answers', 'postgres/move', 'contracts/postgres', 'event-stream/limits', 'fuzz/fuzz'],
].map((name) => `/test/${name}.test.ts`);

/**
 * Keeps the files of a project together, so that a worker can go from one to the next, and starts the slow ones first, also on
 * a machine that has not run them before.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = this.ctx.projects.map(({ name }) => name);
    const projectOf = ({ project }: TestSpecification) => projects.indexOf(project.name);
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || projectOf(a) - projectOf(b) || placeOf(a) - placeOf(b));
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

function placeOf({ moduleId }: TestSpecification): number {
  const place = SLOW.findIndex((name) => moduleId.endsWith(name));
  return place === -1 ? SLOW.length : place;
}

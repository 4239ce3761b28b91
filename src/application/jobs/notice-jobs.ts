import type { UnitOfWork } from '../ports/unit-of-work.ts';

/** A unit of work that calls `onAdded` after a commit that added jobs. */
export function noticeJobs(unitOfWork: UnitOfWork, onAdded: () => void): UnitOfWork {
  return {
    async run(work) {
      let hasAdded = false;
      const result = await unitOfWork.run((store) => {
        hasAdded = false;
        const add: typeof store.jobs.add = async (job, when) => {
          await store.jobs.add(job, when);
          hasAdded = true;
        };
        return work({ ...store, jobs: { ...store.jobs, add } });
      });
      if (hasAdded) onAdded();
      return result;
    },
    async post(key, decide) {
      const posted = await unitOfWork.post(key, decide);
      if (posted.jobs.length > 0) onAdded();
      return posted;
    },
  };
}

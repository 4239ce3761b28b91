import type { UnitOfWork } from '../ports/unit-of-work.ts';

/** The same unit of work, which calls `onAdded` once a unit is committed that added jobs. Posts pass through untouched. */
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
    post: (key, decide) => unitOfWork.post(key, decide),
  };
}

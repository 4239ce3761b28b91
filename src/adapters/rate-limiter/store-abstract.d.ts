/** The library types this class and exports it from here alone; its stores are made by extending it. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import type { RateLimiterRes, RateLimiterStoreAbstract } from 'rate-limiter-flexible';

  abstract class Store extends RateLimiterStoreAbstract {
    /** Adds points, which may be fewer than none, and answers what there are then; with `anew` they replace what was. */
    abstract _upsert(key: string, points: number, ms: number, anew: boolean): Promise<RateLimiterRes>;
    abstract _get(key: string): Promise<RateLimiterRes | null>;
    /** Whether there was any. */
    abstract _delete(key: string): Promise<boolean>;
    abstract _getRateLimiterRes(key: string, points: number, stored: RateLimiterRes): RateLimiterRes;
  }
  export default Store;
}

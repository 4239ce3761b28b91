/** The library declares this class but exports it from this path only. Stores extend it. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import type { RateLimiterRes, RateLimiterStoreAbstract } from 'rate-limiter-flexible';

  abstract class Store extends RateLimiterStoreAbstract {
    /** Adds points, which may be negative, and returns the result. With `anew` they replace the earlier points. */
    abstract _upsert(key: string, points: number, ms: number, anew: boolean): Promise<RateLimiterRes>;
    abstract _get(key: string): Promise<RateLimiterRes | null>;
    /** Returns whether the key existed. */
    abstract _delete(key: string): Promise<boolean>;
    abstract _getRateLimiterRes(key: string, points: number, stored: RateLimiterRes): RateLimiterRes;
  }
  export default Store;
}

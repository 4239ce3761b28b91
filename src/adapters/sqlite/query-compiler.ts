import { type LimitNode, SqliteQueryCompiler, type WhereNode } from 'kysely';

/**
 * SQLite's planner looks at the values of bare parameters in conditions and limits, and a statement whose planner did is
 * planned anew each time it is bound to others: 2 µs become 12 for one row by a join. A parameter in a subquery of its own
 * is none that the planner looks at.
 */
export class SteadyQueryCompiler extends SqliteQueryCompiler {
  #isHidden = false;

  protected override visitWhere(node: WhereNode): void {
    this.#hiding(() => super.visitWhere(node));
  }

  protected override visitLimit(node: LimitNode): void {
    this.#hiding(() => super.visitLimit(node));
  }

  protected override getCurrentParameterPlaceholder(): string {
    return this.#isHidden ? '(select ?)' : '?';
  }

  #hiding(visit: () => void): void {
    const before = this.#isHidden;
    this.#isHidden = true;
    visit();
    this.#isHidden = before;
  }
}

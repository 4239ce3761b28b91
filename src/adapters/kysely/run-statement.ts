/** Runs one statement. The rows have the shape that the query, typed by the schema, selected. */
export type RunStatement = <Row>(sql: string, parameters: readonly unknown[]) => Promise<readonly Row[]>;

/** The most rows a page may hold. */
export const maxPageSize = 200;

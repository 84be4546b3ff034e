/** The most rows a page may hold. */
export const maxPageSize = 200;

/** The most rows a numbered page may hold. */
export const maxNumberedPageSize = 1000;

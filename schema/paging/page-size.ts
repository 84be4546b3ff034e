/** The most rows a page may hold. */
export const maxPageSize = 200;

/** The most rows a numbered page may hold. */
export const maxNumberedPageSize = 1000;

/** The most rows of a data set that are read at once. */
export const maxDataSetRows = 1000;

/** The most alerts that show at a glance what goes on in a group. */
export const glanceSize = 3;

/** The most alerts or deliveries that a group of alerts shows in a list of groups. */
export const mostOfGroup = 20;

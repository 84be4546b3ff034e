/** The mark of the product. */
export function Bell() {
  return (
    <svg className="bell" width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <g fill="none" className="bell-lines" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M16 7c-3.6 0-6 2.7-6 6.3 0 4.2-1.3 5.9-2.4 7.2h16.8c-1.1-1.3-2.4-3-2.4-7.2C22 9.7 19.6 7 16 7Z" />
        <path d="M13.6 23.5a2.5 2.5 0 0 0 4.8 0" />
      </g>
    </svg>
  );
}

/** Drawings of our own: the makers' signs are theirs. */
const shapes: Readonly<Record<string, string>> = {
  wazuh: 'M12 3.5 19 6v6c0 4.2-2.9 7-7 8.5C7.9 19 5 16.2 5 12V6ZM8.5 11.5l2.5 2.5 4.5-5',
  'syslog-ng': 'M4 6h16M4 10.5h11M4 15h8M16 13l4 3.5-4 3.5M20 16.5h-7',
  rsyslog: 'M5 3.5h10l4 4v13H5ZM15 3.5v4h4M8 11h8M8 14.5h8M8 18h5',
  vector: 'M4 5l8 14 8-14M8.5 5l3.5 6.5L15.5 5',
  'fluent-bit': 'M12 3.5c4 4.5 6 7.3 6 10.3a6 6 0 0 1-12 0c0-3 2-5.8 6-10.3ZM9 14.5a3 3 0 0 0 3 3',
  curl: 'M3.5 5h17v14h-17ZM7 10l3 2.5L7 15M12 15.5h5',
  edge: 'M5 13h14v6H5ZM8 16h.01M11 16h.01M12 13V9.5M8.5 7a5 5 0 0 1 7 0M6 4.5a8.5 8.5 0 0 1 12 0',
  sekoia: 'M7 18.5a4 4 0 0 1-.5-8 5.5 5.5 0 0 1 10.7-1.2A4.6 4.6 0 0 1 17 18.5M12 20v-7M9 15.5l3-3 3 3',
};

export function SenderMark({ id }: { readonly id: string }) {
  return (
    <span className="sender-mark">
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path
          d={shapes[id]}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}

const shapes = {
  overview: 'M2.5 13.5V7.5M6.2 13.5v-11M9.8 13.5V9.5M13.5 13.5V5.5',
  alerts: 'M8 2a4 4 0 0 0-4 4.2c0 2.8-.8 3.9-1.5 4.8h11c-.7-.9-1.5-2-1.5-4.8A4 4 0 0 0 8 2ZM6.5 13.3a1.6 1.6 0 0 0 3 0',
  devices: 'M2.5 3.5h11v7h-11ZM5.5 13.5h5M8 10.5v3',
  networks: 'M8 2.5v3M4 10.5V8h8v2.5M8 5.5V8M2.5 10.5h3v3h-3ZM10.5 10.5h3v3h-3ZM6.5 2.5h3v3h-3Z',
  services: 'M2.5 3h11v4h-11ZM2.5 9h11v4h-11ZM5 5h.01M5 11h.01',
  events: 'M3 4h10M3 8h10M3 12h6',
  rejected: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM4.2 4.2l7.6 7.6',
  traffic: 'M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13',
  delivery: 'M13.5 2.5 7 9M13.5 2.5l-4 11L7 9 2.5 6.5Z',
  silences:
    'M4 6.2A4 4 0 0 1 8 2c2.2 0 4 1.8 4 4.2 0 .8.1 1.5.2 2.1M10 11H2.5C3.2 10.1 4 9 4 6.2M6.5 13.3a1.6 1.6 0 0 0 3 0M2.5 2.5l11 11',
  data: 'M3 4c0-2 10-2 10 0v8c0 2-10 2-10 0ZM3 4c0 2 10 2 10 0M3 8c0 2 10 2 10 0',
  settings: 'M2.5 4.5h6M11.5 4.5h2M10 3v3M2.5 11.5h2M7.5 11.5h6M6 10v3',
  connect: 'M6 3v3M10 3v3M4.5 6h7v2.5a3.5 3.5 0 0 1-7 0ZM8 12v2',
  search: 'M7 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM10 10l3.5 3.5',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.5v9l7.5-4.5Z',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  forward: 'M6.5 3.5 11 8l-4.5 4.5',
  down: 'M4 6l4 4 4-4',
  user: 'M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4ZM3 13.5c.4-2.6 2.3-4 5-4s4.6 1.4 5 4',
  sun: 'M8 5.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1v-5Z',
  note: 'M3 2.5h10v8l-3 3H3ZM5.5 5.5h5M5.5 8.5h3',
  plus: 'M8 3v10M3 8h10',
  undo: 'M5.5 3.5 2.5 6.5l3 3M2.5 6.5h7a3.5 3.5 0 0 1 0 7H6',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  star: 'M8 2.5l1.7 3.6 3.8.5-2.8 2.7.7 3.9L8 11.3l-3.4 1.9.7-3.9L2.5 6.6l3.8-.5Z',
  warning: 'M8 2.5 14 13H2ZM8 6.5v3M8 11.4h.01',
  info: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM8 7.5v3.5M8 5.2h.01',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  download: 'M8 2.5v7M5 7l3 3 3-3M3 13h10',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9',
  link: 'M6.5 9.5l3-3M7 5l1.5-1.5a2.5 2.5 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.5 2.5 0 0 1-4-4L5 7',
  keys: 'M2 4.5h12v7H2ZM4.5 7h.01M7 7h.01M9.5 7h.01M11.5 7h.01M5.5 9.5h5',
  key: 'M10.5 2.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM8.3 7.7 3 13h2.5v-2h2',
  people:
    'M6 3a2.3 2.3 0 1 1 0 4.6A2.3 2.3 0 0 1 6 3ZM1.8 13c.3-2.3 1.9-3.6 4.2-3.6s3.9 1.3 4.2 3.6M10.5 3.3a2.3 2.3 0 0 1 0 4.2M11.8 9.7c1.4.4 2.2 1.6 2.4 3.3',
  out: 'M6.5 3h-4v10h4M10 5l3 3-3 3M13 8H6',
} as const;

export type IconName = keyof typeof shapes;

/** Those that point to where reading goes on, or came from. */
const directed: ReadonlySet<IconName> = new Set(['back', 'forward', 'out', 'undo', 'events']);

/** A drawing beside a text; alone it means nothing to a screen reader. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      {...(directed.has(name) && { 'data-directed': true })}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={shapes[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2 : 1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

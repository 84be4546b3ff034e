/** Tocsin's mark. It says nothing that the words beside it do not. */
export function BellIcon() {
  return (
    <svg className="bell" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <path d="M12 3.2c-3.6 0-5.9 2.7-5.9 6.3v3.2c0 1.1-.5 2-1.2 2.9l-.7.8c-.5.6-.1 1.5.7 1.5h14.2c.8 0 1.2-.9.7-1.5l-.7-.8c-.7-.9-1.2-1.8-1.2-2.9V9.5c0-3.6-2.3-6.3-5.9-6.3Z" />
      <path d="M9.8 19.6a2.3 2.3 0 0 0 4.4 0" />
    </svg>
  );
}

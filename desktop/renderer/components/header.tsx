import { messages } from '../messages.ts';
import { BellIcon } from './bell-icon.tsx';

/** The bar at the top: whose window this is, and whether what it shows is current. */
export function Header({ status }: { status: keyof typeof messages.link }) {
  return (
    <header className="bar">
      <span className="brand">
        <BellIcon />
        {messages.product}
      </span>
      <span className="status" data-status={status} role="status">
        {messages.link[status]}
      </span>
    </header>
  );
}

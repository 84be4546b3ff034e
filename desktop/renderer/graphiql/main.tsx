import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './graphiql.css';
import { fetcher } from './fetcher.ts';

const root = document.getElementById('root');
if (root) {
  // The session's cookie says who asks: there is no header to write.
  createRoot(root).render(<GraphiQL fetcher={fetcher} isHeadersEditorEnabled={false} />);
}

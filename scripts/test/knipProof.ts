/** A reporter for knip that says how much it looked at: an empty report alone proves nothing. */
import type { Reporter } from 'knip';

const report: Reporter = ({ counters }) => console.log(`Looked at ${counters.processed} files.`);

export default report;

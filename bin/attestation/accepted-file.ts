/** The register of what may stand, beside the function's code: it is reviewed and deployed with it. */
export const ACCEPTED_FILE = 'accepted.json';

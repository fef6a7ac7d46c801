/**
 * Whether a text holds a policy variable (`${aws:PrincipalTag/team}`) or an escape that looks like one (`${*}`). What such
 * a text stands for is told by more than one variable of the request.
 */
export const hasVariable = (text: string): boolean => text.includes('${');

/** The annotation of a test that bears, for reporters, what a person should read of a case that kept no promise. */
export const reasonAnnotation = 'reason';

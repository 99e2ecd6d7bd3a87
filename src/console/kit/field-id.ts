/** The id of a field of a form, so that an error summary can lead to it. */
export const fieldId = (name: string): string => `field-${name}`;

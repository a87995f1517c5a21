/** There is nothing to import here but types. */
export {};
